/**
 * A workspace's schema is `workspace_` + base36 of its id read as one big number, without zero padding
 * (twenty-shared `uuidToBase36`, twenty-server `get-workspace-schema-name.util.ts`).
 */
const PREFIX = 'workspace_';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const LARGEST = (1n << 128n) - 1n;

/** The schema of a workspace; throws when the id is not a UUID. */
export function schemaOfWorkspaceId(workspaceId: string): string {
  if (!UUID.test(workspaceId)) throw new Error(`workspace id "${workspaceId}" is not a UUID`);
  return PREFIX + BigInt(`0x${workspaceId.replaceAll('-', '')}`).toString(36);
}

/** The workspace id hidden in a schema name, or undefined when the name is not a workspace schema. */
export function workspaceIdOfSchema(schema: string): string | undefined {
  const digits = schema.startsWith(PREFIX) ? schema.slice(PREFIX.length) : '';
  if (!/^[0-9a-z]{1,25}$/.test(digits)) return undefined;
  const number = Array.from(digits).reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n);
  if (number > LARGEST || number.toString(36) !== digits) return undefined;
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
