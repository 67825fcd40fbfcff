import type { Generation } from './generation.ts';
import {
  CITIES,
  COMPANY_NAMES,
  domainOf,
  FIRST_NAMES,
  JOB_TITLES,
  LAST_NAMES,
  PROJECTS,
  STAGES,
} from './invented-names.ts';
import { seededRandom, stableId } from './stable-id.ts';

/** One row to insert, in the order of the list so that foreign keys hold. */
export interface InventedRow {
  readonly object: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** How many rows of each kind the demo invents. */
export const COUNTS = { companies: 12, people: 20, opportunities: 12 } as const;

const START = Date.UTC(2026, 0, 5, 9, 0, 0);
const DAY_MS = 86_400_000;

function at(days: number): string {
  return new Date(START + days * DAY_MS).toISOString();
}

function pick<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

function actors(generation: Generation): Record<string, unknown> {
  const created = { createdBySource: 'MANUAL', createdByName: 'Demo' };
  return generation === '1.5' ? created : { ...created, updatedBySource: 'MANUAL', updatedByName: 'Demo' };
}

function company(
  workspaceId: string,
  generation: Generation,
  index: number,
  random: () => number,
): InventedRow {
  const name = pick(COMPANY_NAMES, index);
  const micros = `${100_000 + Math.floor(random() * 9_000_000)}000000`;
  const revenue = generation === '1.5' ? 'annualRecurringRevenue' : 'annualRevenue';
  return {
    object: 'company',
    values: {
      id: stableId(workspaceId, 'company', index),
      name,
      domainNamePrimaryLinkUrl: `https://${domainOf(name)}`,
      addressAddressStreet1: `${1 + Math.floor(random() * 90)} Mill Lane`,
      addressAddressCity: pick(CITIES, index),
      addressAddressCountry: 'Norland',
      employees: 3 + Math.floor(random() * 400),
      [`${revenue}AmountMicros`]: micros,
      [`${revenue}CurrencyCode`]: 'EUR',
      accountOwnerId: stableId(workspaceId, 'workspaceMember', index % 2),
      position: index,
      createdAt: at(index),
      updatedAt: at(index),
      ...actors(generation),
    },
  };
}

function person(workspaceId: string, generation: Generation, index: number): InventedRow {
  const first = pick(FIRST_NAMES, index);
  const last = pick(LAST_NAMES, index + Math.floor(index / FIRST_NAMES.length) * 3);
  const employer = index % COUNTS.companies;
  const mailbox = `${first}.${last}`.toLowerCase();
  const city = generation === '1.5' ? { city: pick(CITIES, index) } : {};
  return {
    object: 'person',
    values: {
      id: stableId(workspaceId, 'person', index),
      nameFirstName: first,
      nameLastName: last,
      emailsPrimaryEmail: `${mailbox}@${domainOf(pick(COMPANY_NAMES, employer))}`,
      jobTitle: pick(JOB_TITLES, index),
      phonesPrimaryPhoneNumber: `555${String(1000 + index)}`,
      phonesPrimaryPhoneCallingCode: '+49',
      phonesPrimaryPhoneCountryCode: 'DE',
      companyId: stableId(workspaceId, 'company', employer),
      position: index,
      createdAt: at(index),
      updatedAt: at(index),
      ...city,
      ...actors(generation),
    },
  };
}

function opportunity(
  workspaceId: string,
  generation: Generation,
  index: number,
  random: () => number,
): InventedRow {
  const owner = generation === '1.5' ? {} : { ownerId: stableId(workspaceId, 'workspaceMember', index % 2) };
  return {
    object: 'opportunity',
    values: {
      id: stableId(workspaceId, 'opportunity', index),
      name: `${pick(PROJECTS, index)} for ${pick(COMPANY_NAMES, index)}`,
      amountAmountMicros: `${1_000 + Math.floor(random() * 90_000)}500000`,
      amountCurrencyCode: 'EUR',
      closeDate: at(60 + index * 5),
      stage: pick(STAGES, index),
      companyId: stableId(workspaceId, 'company', index),
      pointOfContactId: stableId(workspaceId, 'person', index),
      position: index,
      createdAt: at(index),
      updatedAt: at(index),
      ...owner,
      ...actors(generation),
    },
  };
}

function member(workspaceId: string, index: number): InventedRow {
  const first = pick(FIRST_NAMES, index + 5);
  const last = pick(LAST_NAMES, index + 2);
  return {
    object: 'workspaceMember',
    values: {
      id: stableId(workspaceId, 'workspaceMember', index),
      nameFirstName: first,
      nameLastName: last,
      userEmail: `${first}.${last}@demo.example`.toLowerCase(),
      userId: stableId(workspaceId, 'user', index),
    },
  };
}

function times<T>(count: number, make: (index: number) => T): readonly T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** The rows of a fresh demo workspace: always the same for the same id and generation. */
export function inventedRows(workspaceId: string, generation: Generation): readonly InventedRow[] {
  const random = seededRandom(parseInt(workspaceId.slice(0, 8), 16));
  return [
    ...times(2, (index) => member(workspaceId, index)),
    ...times(COUNTS.companies, (index) => company(workspaceId, generation, index, random)),
    ...times(COUNTS.people, (index) => person(workspaceId, generation, index)),
    ...times(COUNTS.opportunities, (index) => opportunity(workspaceId, generation, index, random)),
  ];
}
