import type { TokenSource } from '../auth/token-source.ts';
import type { Budget } from '../budget/budget.ts';
import type { Schedule } from '../budget/gate.ts';

/** What openGraph needs. */
export interface ClientOptions {
  /** For instance `https://graph.microsoft.com/v1.0`. */
  readonly rootUrl: string;
  readonly token: TokenSource;
  /** One per tenant and process: whoever shares it also shares the silence after a 429. */
  readonly budget: Budget;
  /** Microsoft prefers well-decorated traffic: `NONISV|Company|Application/1.0`. */
  readonly userAgent: string;
  /** For one HTTP request, answer included. */
  readonly timeoutMs: number;
  /** The clock of the wall, milliseconds since 1970: only for the dates that Graph names. */
  readonly now: () => number;
  /**
   * Milliseconds since any moment, by a clock that nobody sets: budgets and silences are measured by it. By the clock of the wall a
   * call would wait as long as that is set back, and be sent when its partition has long been another's. Default: `now`.
   */
  readonly elapsed?: () => number;
  readonly fetch?: typeof fetch;
  /** Default: the timers of the process. */
  readonly schedule?: Schedule;
  /** How long a call may queue for a closed budget before it throws GRAPH_THROTTLED; default 30 s. */
  readonly patienceMs?: number;
}
