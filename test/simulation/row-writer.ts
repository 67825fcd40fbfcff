/** The port to Twenty's tables over the simulated rows, with statements that fail before or after they were carried out. */
import { TwentyUnavailable } from '@sync/twenty';
import type { Row, RowAnswer, RowCommand, RowMoved, RowWriter } from '@sync/twenty';
import type { Chaos } from './chaos.ts';
import { WORLD } from './clock.ts';
import type { Postgres, SimRow } from './postgres.ts';
import { columnsOf } from './places.ts';
import type { SimObject } from './places.ts';

export function simRowWriter(postgres: Postgres, chaos: Chaos): RowWriter {
  return {
    write: (command) => asked(chaos, postgres, () => carryOut(postgres, command)),
    read: (_schema, table, recordId) => asked(chaos, postgres, () => standing(postgres, table, recordId)),
    close: () => Promise.resolve(),
  };
}

/** A statement on its way: it may be cut off before it is carried out, after it, or be carried out after it was given up. */
function asked<T>(chaos: Chaos, postgres: Postgres, run: () => T): Promise<T> {
  const { clock } = chaos;
  const { owner } = clock;
  const { epoch } = postgres;
  return new Promise((resolve, reject) => {
    const answer = (end: () => void): void => void clock.after(chaos.delay(5, 200), end, owner);
    const fail = (): void => reject(new TwentyUnavailable('08006', 'the connection was cut', null));
    const land = (): void => {
      // The server it was sent to is no more.
      if (postgres.epoch !== epoch || chaos.strikes('statement refused', 0.02)) return answer(fail);
      const result = run();
      if (owner.onCarriedOut) return owner.onCarriedOut();
      if (chaos.strikes('statement answer lost', 0.03)) return answer(fail);
      answer(() => resolve(result));
    };
    const late = chaos.strikes('statement carried out after it was given up', 0.01);
    if (late) answer(fail);
    clock.after(late ? chaos.random.between(300, 3000) : chaos.delay(8, 300), land, WORLD);
  });
}

function carryOut(postgres: Postgres, command: RowCommand): RowAnswer {
  const { table, recordId, kind, values, expected } = command;
  const object = table as SimObject;
  const row = postgres.row(object, recordId);
  if (kind === 'insert' ? row !== null : row === null || !holds(row, expected) || isLate(row, command))
    return standing(postgres, table, recordId);
  const before: SimRow = row ?? Object.fromEntries(columnsOf(object).map((column) => [column, null]));
  const after = { ...before, ...values, id: recordId, updatedAt: command.nowIso ?? null };
  const lsn = postgres.commit('sync', object, recordId, after);
  return { kind: 'written', lsn, row: after };
}

/** As the row writer's SQL compares: a row that was updated after the statement was made is left alone. */
function isLate(row: SimRow, { expected, nowIso = '' }: RowCommand): boolean {
  return !('updatedAt' in expected) && String(row['updatedAt'] ?? '') > nowIso;
}

function standing(postgres: Postgres, table: string, recordId: string): RowMoved {
  const row: Row | null = postgres.row(table as SimObject, recordId);
  return { kind: 'moved', lsn: postgres.readLsn(), row };
}

/** As the row writer's SQL compares: '' is NULL, numbers are numbers. */
function holds(row: SimRow, expected: Row): boolean {
  return Object.entries(expected).every(([column, value]) => {
    const [now, seen] = [row[column] ?? null, value];
    const [a, b] = [now === '' ? null : now, seen === '' ? null : seen];
    return a === b || (a !== null && b !== null && String(a) === String(b));
  });
}
