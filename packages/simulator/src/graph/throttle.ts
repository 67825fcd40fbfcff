/** Resource-unit metering, after the SharePoint throttling page of 2025-10-02. */
export interface Limits {
  readonly appMinute: number;
  readonly appDay: number;
  readonly tenantFiveMinutes: number;
}

interface Window {
  readonly start: number;
  readonly used: number;
}

export interface Usage {
  requests: number;
  throttled: number;
  resourceUnits: number;
}

export interface Meter {
  readonly windows: Map<string, Window>;
  readonly usage: Map<string, Usage>;
}

export interface Charge {
  readonly allowed: boolean;
  /** `Retry-After` and `RateLimit-*`, where the service would send them. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Payer {
  readonly tenantId: string;
  readonly appId: string;
  readonly licences: number;
}

const TIERS = [1_000, 5_000, 15_000, 50_000];
const MINUTE = 60_000;
const DAY = 86_400_000;
/** Share of the minute quota from which RateLimit headers are sent. */
const WARN_FROM = 0.8;

export const newMeter = (): Meter => ({ windows: new Map(), usage: new Map() });

export function limitsFor(licences: number): Limits {
  const tier = TIERS.filter((top) => licences > top).length + 1;
  return { appMinute: 1_250 * tier, appDay: 1_200_000 * tier, tenantFiveMinutes: 18_750 * tier };
}

/** Charges a request, also one that is then throttled: hammering on makes the penalty longer. */
export function charge(meter: Meter, payer: Payer, cost: number, now: number): Charge {
  const limits = limitsFor(payer.licences);
  const app = `${payer.tenantId}|${payer.appId}`;
  const minute = spend(meter, `${app}|minute`, cost, limits.appMinute, MINUTE, now);
  const day = spend(meter, `${app}|day`, cost, limits.appDay, DAY, now);
  const tenant = spend(meter, `${payer.tenantId}|five`, cost, limits.tenantFiveMinutes, 5 * MINUTE, now);
  const exceeded = [minute, day, tenant].filter((spent) => spent.used > spent.limit);
  count(meter, app, cost, exceeded.length > 0);
  const retryAfter = Math.max(0, ...exceeded.map((spent) => spent.resetS));
  return {
    allowed: exceeded.length === 0,
    headers: {
      ...(exceeded.length === 0 ? {} : { 'Retry-After': String(retryAfter) }),
      ...rateLimitHeaders(minute, exceeded),
    },
  };
}

interface Spent {
  readonly used: number;
  readonly limit: number;
  readonly resetS: number;
}

/** Units beyond the limit are carried into the next window. */
function spend(meter: Meter, key: string, cost: number, limit: number, length: number, now: number): Spent {
  const start = now - (now % length);
  const before = meter.windows.get(key) ?? { start, used: 0 };
  const passed = Math.max(0, Math.round((start - before.start) / length));
  const used = Math.max(0, before.used - passed * limit) + cost;
  meter.windows.set(key, { start, used });
  return { used, limit, resetS: Math.max(1, Math.ceil((start + length - now) / 1000)) };
}

/** Only the app's minute quota is announced, and not when another limit is the cause. */
function rateLimitHeaders(minute: Spent, exceeded: readonly Spent[]): Record<string, string> {
  if (minute.used < minute.limit * WARN_FROM) return {};
  if (exceeded.length > 0 && !exceeded.includes(minute)) return {};
  return {
    'RateLimit-Limit': String(minute.limit),
    'RateLimit-Remaining': String(Math.max(0, minute.limit - minute.used)),
    'RateLimit-Reset': String(minute.resetS),
  };
}

function count(meter: Meter, app: string, cost: number, throttled: boolean): void {
  const usage = meter.usage.get(app) ?? { requests: 0, throttled: 0, resourceUnits: 0 };
  usage.requests += 1;
  usage.throttled += throttled ? 1 : 0;
  usage.resourceUnits += cost;
  meter.usage.set(app, usage);
}

/** What each application has used, for the meter page. */
export function meterReport(meter: Meter): object[] {
  return [...meter.usage].map(([app, usage]) => {
    const [tenantId, appId] = app.split('|');
    const minute = meter.windows.get(`${app}|minute`)?.used ?? 0;
    const day = meter.windows.get(`${app}|day`)?.used ?? 0;
    return { tenantId, appId, ...usage, minuteUsed: minute, dayUsed: day };
  });
}
