type Headers = Readonly<Record<string, string>>;

/** A server that says nothing about when gets this much silence. */
const UNSAID_MS = 5_000;
/** No answer may silence us for longer: after a day the quota is a new one. */
const LONGEST_MS = 24 * 60 * 60_000;

/** How long a throttled client must be silent, milliseconds: the greater of Retry-After and RateLimit-Reset. */
export function silenceMs(headers: Headers, now: number): number {
  return retryAfterMs(headers, now) ?? UNSAID_MS;
}

/** The same, or undefined when neither header says anything. */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const said = [delayOf(headers['retry-after'], now), delayOf(headers['ratelimit-reset'], now)];
  const longest = Math.max(...said.filter((ms) => ms !== null));
  return longest >= 0 ? Math.min(longest, LONGEST_MS) : undefined;
}

/** Seconds (Graph's gateway sends fractions) or an HTTP date. */
function delayOf(text: string | undefined, now: number): number | null {
  if (text === undefined || text.trim() === '') return null;
  const seconds = Number(text);
  const ms = Number.isNaN(seconds) ? Date.parse(text) - now : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, Math.ceil(ms));
}
