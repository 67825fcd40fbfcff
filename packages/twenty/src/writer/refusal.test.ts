import { refusalOf } from './refusal.ts';

const failure = (rest: Record<string, string>) => Object.assign(new Error('no'), rest);

describe('a refusal by the server', () => {
  it('names constraint and column of a key violation', () => {
    const detail = 'Key ("emailsPrimaryEmail")=(someone@demo.example) already exists.';
    expect(refusalOf(failure({ code: '23505', constraint: 'IDX_1', detail }))).toEqual({
      kind: 'refused',
      code: '23505',
      column: 'emailsPrimaryEmail',
      constraint: 'IDX_1',
      message: 'no',
    });
  });

  it.each(['22P02', '22001', '22003', '23502', '23503', '23514', '428C9', '42804'])('%s is one', (code) =>
    expect(refusalOf(failure({ code }))?.code).toBe(code),
  );

  it.each(['40001', '57P01', '42501', '42601', 'ECONNRESET'])('%s is none', (code) =>
    expect(refusalOf(failure({ code }))).toBeUndefined(),
  );
});
