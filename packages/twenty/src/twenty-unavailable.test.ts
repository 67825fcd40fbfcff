import { asUnavailable, unavailableOr } from './twenty-unavailable.ts';

const failure = (code: string, message = 'x') => Object.assign(new Error(message), { code });

describe('an outage', () => {
  it.each(['57P01', '53300', '40001', '40P01', '08006', '28P01', '55P03', '57014', '25006'])(
    '%s passes',
    (code) => expect(asUnavailable(failure(code))?.code).toBe(code),
  );

  it.each(['ECONNREFUSED', 'EPIPE', 'ECONNRESET'])('%s passes', (code) =>
    expect(asUnavailable(failure(code))?.code).toBe('connection'),
  );

  it.each(['Connection terminated unexpectedly', 'timeout exceeded when trying to connect'])(
    '"%s" passes',
    (text) => expect(asUnavailable(new Error(text))?.code).toBe('connection'),
  );

  it.each([
    ['42501', 'cdc ensure'],
    ['42P10', 'cdc ensure'],
    ['3D000', 'URL'],
  ])('%s names its fix', (code, fix) => expect(asUnavailable(failure(code))?.message).toContain(fix));

  it.each(['23505', '22P02', '42601', '42703'])('%s is none', (code) => {
    expect(asUnavailable(failure(code))).toBeUndefined();
  });

  it('leaves any other error as it is', () => {
    const bug = new TypeError('a bug');
    expect(() => unavailableOr(bug)).toThrow(bug);
  });
});
