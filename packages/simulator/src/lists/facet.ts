import { FACETS } from '../state/model.ts';
import type { Facet } from '../state/model.ts';

type Settings = Readonly<Record<string, unknown>>;

const DEFAULTS: Record<Facet, Settings> = {
  text: {
    allowMultipleLines: false,
    appendChangesToExistingText: false,
    linesForEditing: 0,
    maxLength: 255,
  },
  number: { decimalPlaces: 'automatic', displayAs: 'number' },
  currency: { locale: 'en-us' },
  dateTime: { displayAs: 'default', format: 'dateTime' },
  boolean: {},
  choice: { allowTextEntry: false, choices: [], displayAs: 'dropDownMenu' },
  lookup: { allowMultipleValues: false, allowUnlimitedLength: false },
  personOrGroup: {
    allowMultipleSelection: false,
    displayAs: 'nameWithPresence',
    chooseFromType: 'peopleAndGroups',
  },
  hyperlinkOrPicture: { isPicture: false },
};

/** The facets named in a column definition; Graph wants exactly one. */
export function facetsIn(definition: Readonly<Record<string, unknown>>): Facet[] {
  return FACETS.filter((facet) => isObject(definition[facet]));
}

export function facetSettings(facet: Facet, given: unknown, before: Settings = DEFAULTS[facet]): Settings {
  const settings = { ...before, ...(isObject(given) ? given : {}) };
  if (facet !== 'text' || settings['allowMultipleLines'] !== true) return settings;
  const { maxLength: _unlimited, ...multiLine } = settings as Record<string, unknown>;
  return { textType: 'plain', ...multiLine };
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
