import type { Column, Facet } from '../state/model.ts';

const READ_ONLY: readonly (readonly [name: string, facet: Facet, hidden: boolean])[] = [
  ['ID', 'number', false],
  ['ContentType', 'text', false],
  ['Modified', 'dateTime', false],
  ['Created', 'dateTime', false],
  ['Author', 'personOrGroup', false],
  ['Editor', 'personOrGroup', false],
  ['_UIVersionString', 'text', false],
  ['Attachments', 'boolean', false],
  ['Edit', 'text', false],
  ['LinkTitleNoMenu', 'text', false],
  ['LinkTitle', 'text', false],
  ['ItemChildCount', 'text', false],
  ['FolderChildCount', 'text', false],
  ['_ComplianceFlags', 'text', false],
  ['_ComplianceTag', 'text', false],
  ['_ComplianceTagWrittenTime', 'text', false],
  ['_ComplianceTagUserId', 'text', false],
  ['AppAuthor', 'personOrGroup', false],
  ['AppEditor', 'personOrGroup', false],
];

/** Read-only columns every generic list has. */
export const SYSTEM_COLUMNS: readonly Column[] = READ_ONLY.map(([name, facet, hidden], at) => ({
  id: `00000000-0000-4000-8000-${String(at + 1).padStart(12, '0')}`,
  name,
  displayName: name,
  description: '',
  enforceUniqueValues: false,
  hidden,
  indexed: false,
  readOnly: true,
  required: false,
  facet,
  settings: {},
}));

/** The one writable column of a new generic list. */
export function titleColumn(id: string): Column {
  return {
    id,
    name: 'Title',
    displayName: 'Title',
    description: '',
    enforceUniqueValues: false,
    hidden: false,
    indexed: false,
    readOnly: false,
    required: false,
    facet: 'text',
    settings: {
      allowMultipleLines: false,
      appendChangesToExistingText: false,
      linesForEditing: 0,
      maxLength: 255,
    },
  };
}

const OTHER_RESERVED = [
  'id',
  'DocIcon',
  'GUID',
  'Order',
  'FileLeafRef',
  'FileRef',
  'FileDirRef',
  'FSObjType',
];
const OTHER_SYSTEM = ['UniqueId', 'Name', 'AuthorLookupId', 'EditorLookupId'];
const APP_SYSTEM = ['AppAuthorLookupId', 'AppEditorLookupId'];
const RESERVED = new Set(
  [...SYSTEM_COLUMNS.map((column) => column.name), ...OTHER_RESERVED, ...OTHER_SYSTEM, ...APP_SYSTEM].map(
    (name) => name.toLowerCase(),
  ),
);

/** Names that SharePoint keeps for itself: not writable, not to be taken by a new column. */
export function isSystemName(name: string): boolean {
  return RESERVED.has(name.toLowerCase());
}
