import { LIFE } from './change.ts';
import type { Change, Violation } from './change.ts';
import type { Tracks } from './tracks.ts';

/** At the end both sides hold the same, or there is an open conflict or a refusal that says why not. */
export function checkDiverged(tracks: Tracks, record: string, excused: ReadonlySet<string>): Violation[] {
  const isExcused = (field: string): boolean =>
    excused.has(`${record}|*`) ||
    excused.has(`${record}|${field}`) ||
    tracks.conflictsOf(record, field).some((told) => told.isOpen);
  const [twenty, sharepoint] = [isAlive(tracks, 'twenty', record), isAlive(tracks, 'sharepoint', record)];
  if (twenty !== sharepoint) return isExcused(LIFE) ? [] : [halfAlive(record, twenty)];
  // What is dead on both sides has no fields to agree on.
  if (!twenty) return [];
  return tracks
    .fields(record)
    .filter((field) => field !== LIFE && !isExcused(field))
    .flatMap((field) => fieldDiverged(tracks, record, field));
}

function isAlive(tracks: Tracks, side: Change['side'], record: string): boolean {
  return tracks.of(side, record, LIFE).at(-1)?.value === 'true';
}

function halfAlive(record: string, twenty: boolean): Violation {
  const [there, gone] = twenty ? ['Twenty', 'SharePoint'] : ['SharePoint', 'Twenty'];
  return { kind: 'diverged', record, field: LIFE, story: `it lives in ${there} and not in ${gone}` };
}

function fieldDiverged(tracks: Tracks, record: string, field: string): Violation[] {
  const twenty = tracks.of('twenty', record, field).at(-1)?.value ?? null;
  const sharepoint = tracks.of('sharepoint', record, field).at(-1)?.value ?? null;
  if (twenty === sharepoint) return [];
  return [
    { kind: 'diverged', record, field, story: `Twenty holds ${twenty}, SharePoint holds ${sharepoint}` },
  ];
}
