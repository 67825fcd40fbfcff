/**
 * A workspace's PostgreSQL schema is `workspace_` and its UUID as one big number in base 36, without padding
 * (Twenty, uuidToBase36).
 */
const PREFIX = 'workspace_';

/** The workspace of a schema; null when the schema is no workspace's. */
export function workspaceIdOfSchema(schema: string): string | null {
  const digits = schema.startsWith(PREFIX) ? schema.slice(PREFIX.length) : '';
  if (!/^[0-9a-z]{1,25}$/.test(digits)) return null;
  const number = Array.from(digits).reduce(
    (sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)),
    0n,
  );
  const hex = number.toString(16).padStart(32, '0');
  return hex.length > 32 ? null : hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The schema of a workspace. */
export function schemaOfWorkspace(workspaceId: string): string {
  return `${PREFIX}${BigInt(`0x${workspaceId.replaceAll('-', '')}`).toString(36)}`;
}
