/** Runs the statements; decides nothing. */
import { SyncError } from '@sync/core';
import { TwentyUnavailable } from '@sync/twenty';
import type { RowAnswer, RowWriter } from '@sync/twenty';
import type { Job, Request, Seen } from './job.ts';

/** Sends statements for one command; throws what must be waited for. */
export function performer(rows: RowWriter, job: Job): (request: Request) => Promise<Seen> {
  return async (request) => {
    try {
      return seenIn(await ask(rows, job, request));
    } catch (cause) {
      if (!(cause instanceof TwentyUnavailable)) throw cause;
      throw new SyncError('TWENTY_UNAVAILABLE', `writing a row: ${cause.message}`, { cause });
    }
  };
}

function ask(rows: RowWriter, job: Job, request: Request): Promise<RowAnswer> {
  const { schema, object } = job.place;
  const { recordId } = job.command;
  if (request.do === 'read') return rows.read(schema, object.table, recordId);
  const expected = request.do === 'update' ? request.expected : {};
  const { do: kind, values } = request;
  return rows.write({ schema, table: object.table, recordId, kind, values, expected, nowIso: job.nowIso });
}

function seenIn(answer: RowAnswer): Seen {
  switch (answer.kind) {
    case 'written':
      return { saw: 'written', lsn: answer.lsn, row: answer.row };
    case 'moved':
      return { saw: 'row', lsn: answer.lsn, row: answer.row };
    case 'refused': {
      const { code, column, constraint } = answer;
      const where = {
        ...(column === undefined ? {} : { column }),
        ...(constraint === undefined ? {} : { constraint }),
      };
      return { saw: 'refused', code, ...where };
    }
  }
}
