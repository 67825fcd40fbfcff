/** Where a delta round stands; travels in links as an opaque token. */
export interface DeltaToken {
  readonly listId: string;
  readonly epoch: number;
  readonly issuedAt: number;
  /** Changes up to here are known to the holder. */
  readonly seq: number;
  /** Set while the first enumeration is under way: items up to this id have been handed out. */
  readonly afterId?: number;
}

export function encodeToken(token: DeltaToken): string {
  return Buffer.from(JSON.stringify(token)).toString('base64url');
}

/** The token, or null when it was never one of ours. */
export function decodeToken(text: string): DeltaToken | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return isToken(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isToken(value: unknown): value is DeltaToken {
  if (typeof value !== 'object' || value === null) return false;
  const { listId, epoch, issuedAt, seq } = value as Record<string, unknown>;
  return typeof listId === 'string' && [epoch, issuedAt, seq].every((one) => Number.isSafeInteger(one));
}
