/** Folders live among the items; their content types begin with 0x0120. */
export function isFolder(json: Readonly<Record<string, unknown>>): boolean {
  const type = json['contentType'];
  return typeof type === 'object' && type !== null && 'id' in type && String(type.id).startsWith('0x0120');
}
