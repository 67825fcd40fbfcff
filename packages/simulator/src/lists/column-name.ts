/**
 * Internal name SharePoint derives from what a person typed: characters outside a name become `_xHHHH_`
 * (space is `_x0020_`), a leading digit too; the result is cut to 32 and made unique with a digit.
 */
export function internalName(typed: string, taken: (name: string) => boolean): string {
  const encoded = Array.from(typed).map(encodeAt).join('').slice(0, 32);
  if (!taken(encoded)) return encoded;
  let suffix = 0;
  while (taken(`${encoded}${suffix}`)) suffix += 1;
  return `${encoded}${suffix}`;
}

function encodeAt(char: string, at: number): string {
  const plain = at === 0 ? /[A-Za-z_]/ : /[A-Za-z0-9_]/;
  if (plain.test(char)) return char;
  return `_x${char.charCodeAt(0).toString(16).padStart(4, '0')}_`;
}
