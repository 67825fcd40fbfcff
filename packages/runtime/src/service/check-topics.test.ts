import { topics } from '@sync/core';
import { checkTopics } from './check-topics.ts';

const { raw, mappings, records, config } = topics;

describe('checkTopics', () => {
  it('accepts equal counts within a family', () => {
    checkTopics(
      [mappings, records, config],
      new Map([
        [mappings.name, 12],
        [records.name, 12],
        [config.name, 1],
      ]),
    );
  });

  it('names every topic that is missing', () => {
    expect(() => checkTopics([raw, mappings, records], new Map([[raw.name, 12]]))).toThrow(
      expect.objectContaining({
        code: 'TOPIC_MISSING',
        message: expect.stringContaining('sync.mappings, sync.records'),
      }),
    );
  });

  it('names topics whose count tears keys apart', () => {
    expect(() =>
      checkTopics(
        [mappings, records],
        new Map([
          [mappings.name, 12],
          [records.name, 6],
        ]),
      ),
    ).toThrow(
      expect.objectContaining({
        code: 'TOPIC_MISMATCH',
        message: expect.stringContaining('sync.records has 6'),
      }),
    );
  });

  it('demands one partition of a single topic', () => {
    expect(() => checkTopics([config], new Map([[config.name, 3]]))).toThrow(
      expect.objectContaining({ code: 'TOPIC_MISMATCH' }),
    );
  });
});
