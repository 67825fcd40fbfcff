import { Rig, TENANT, errorOf } from '../testing/rig.ts';
import { charge, limitsFor, newMeter } from './throttle.ts';

const payer = { tenantId: 't', appId: 'a', licences: 500 };
const MINUTE = 60_000;
const MIDNIGHT = Date.UTC(2026, 0, 1);

test.each([
  [0, 1_250, 1_200_000, 18_750],
  [1_000, 1_250, 1_200_000, 18_750],
  [1_001, 2_500, 2_400_000, 37_500],
  [15_000, 3_750, 3_600_000, 56_250],
  [15_001, 5_000, 4_800_000, 75_000],
  [50_001, 6_250, 6_000_000, 93_750],
])(
  '%i licences buy %i a minute, %i a day, %i for the tenant',
  (licences, appMinute, appDay, tenantFiveMinutes) => {
    expect(limitsFor(licences)).toEqual({ appMinute, appDay, tenantFiveMinutes });
  },
);

test('the limits are announced from four fifths of the minute, then enforced with Retry-After', () => {
  const meter = newMeter();
  const now = MIDNIGHT + 48_000;
  expect(charge(meter, payer, 999, now).headers).toEqual({});
  expect(charge(meter, payer, 1, now).headers).toEqual({
    'RateLimit-Limit': '1250',
    'RateLimit-Remaining': '250',
    'RateLimit-Reset': '12',
  });
  expect(charge(meter, payer, 250, now).allowed).toBe(true);
  expect(charge(meter, payer, 1, now)).toEqual({
    allowed: false,
    headers: {
      'Retry-After': '12',
      'RateLimit-Limit': '1250',
      'RateLimit-Remaining': '0',
      'RateLimit-Reset': '12',
    },
  });
});

test('a new minute is free, but units spent beyond the limit are carried over', () => {
  const meter = newMeter();
  charge(meter, payer, 1_250, MIDNIGHT);
  expect(charge(meter, payer, 2, MIDNIGHT + MINUTE).allowed).toBe(true);
  for (let hammer = 0; hammer < 700; hammer += 1) charge(meter, payer, 2, MIDNIGHT + MINUTE + 1);
  charge(meter, payer, 1_200, MIDNIGHT + MINUTE + 2);
  expect(charge(meter, payer, 2, MIDNIGHT + 2 * MINUTE).allowed).toBe(false);
  expect(charge(meter, payer, 2, MIDNIGHT + 4 * MINUTE).allowed).toBe(true);
});

test('another limit than the minute sends no RateLimit headers', () => {
  const meter = newMeter();
  for (let minute = 0; minute < 4; minute += 1) {
    for (let app = 0; app < 4; app += 1) {
      charge(meter, { ...payer, appId: `a${app}` }, 1_200, MIDNIGHT + minute * MINUTE);
    }
  }
  const charged = charge(meter, { ...payer, appId: 'late' }, 1_100, MIDNIGHT + 4 * MINUTE);
  expect(charged).toEqual({ allowed: false, headers: { 'Retry-After': '60' } });
});

test('requests cost what the table says', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const spent = (): number =>
    [...rig.simulator.meter.usage.values()].reduce((sum, { resourceUnits }) => sum + resourceUnits, 0);
  const cost = async (method: string, url: string, body?: unknown): Promise<number> => {
    const before = spent();
    await rig.call(method, url, body);
    return spent() - before;
  };
  expect(await cost('POST', `${list}/items`, { fields: {} })).toBe(2);
  expect(await cost('GET', `${list}/items/1`)).toBe(1);
  expect(await cost('GET', `${list}/items`)).toBe(2);
  expect(await cost('GET', `${list}/items/delta`)).toBe(2);
  expect(await cost('GET', `${list}/items/delta?token=latest`)).toBe(1);
  expect(await cost('PATCH', `${list}/items/1/fields`, {})).toBe(2);
  expect(await cost('DELETE', `${list}/items/1`)).toBe(2);
});

test('beyond the quota the request is refused and not done', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  const payer = { tenantId: TENANT, appId: [...rig.simulator.meter.usage.keys()][0]?.split('|')[1] ?? '' };
  charge(rig.simulator.meter, { ...payer, licences: 0 }, 1_250, rig.now);
  const refused = await rig.call('POST', `${list}/items`, { fields: {} });
  expect([refused.status, errorOf(refused)['code']]).toEqual([429, 'activityLimitReached']);
  expect(Number(refused.headers['Retry-After'])).toBeGreaterThan(0);
  expect(rig.simulator.state.lists.get(list.split('/').at(-1) ?? '')?.items.size).toBe(0);
});

test('a 504 after the commit has done the write; a 503 has not', async () => {
  const rig = new Rig();
  const list = await rig.plants();
  rig.simulator.faults.commitThen504 = 1;
  expect((await rig.call('POST', `${list}/items`, { fields: { Title: 'Fern' } })).status).toBe(504);
  rig.simulator.faults.next503 = 1;
  const busy = await rig.call('POST', `${list}/items`, { fields: { Title: 'Moss' } });
  expect([busy.status, busy.headers['Retry-After'], errorOf(busy)['code']]).toEqual([
    503,
    '1',
    'serviceNotAvailable',
  ]);
  expect((await rig.call('GET', `${list}/items`)).body['value']).toHaveLength(1);
});
