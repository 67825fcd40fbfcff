export { columnsOfField } from './field-columns.ts';
export type { ColumnKind, FieldColumn, FieldShape } from './field-columns.ts';
export { ensureCapture } from './capture/ensure-capture.ts';
export { captureOptions } from './capture/capture-environment.ts';
export { missingRows, tellGone } from './capture/gone-rows.ts';
export { aloneOnDatabase } from './capture/alone.ts';
export { dropSlot, logPlace } from './capture/slot.ts';
export { forgetRefused, refusedSnapshots } from './capture/snapshot-guard.ts';
export { CaptureImpossible } from './capture/capture-report.ts';
export type { CaptureItem, ItemState } from './capture/capture-report.ts';
export type { CaptureOptions } from './capture/capture-options.ts';
export { discover, openMetadataReader, readMetadataVersions } from './discovery/discover.ts';
export type { MetadataReader } from './discovery/discover.ts';
export { readCatalog } from './discovery/read-catalog.ts';
export type { RawCatalog, RawColumn, RawRow } from './discovery/raw-catalog.ts';
export type {
  SelectOption,
  TwentyColumn,
  TwentyField,
  TwentyObject,
  TwentyWorkspace,
} from './discovery/catalog-model.ts';
export { TwentyUnavailable } from './twenty-unavailable.ts';
export type { Queryable } from './sql.ts';
export { openRowWriter } from './writer/row-writer.ts';
export type { RowWriter, RowWriterOptions } from './writer/row-writer.ts';
export type {
  ColumnValue,
  Row,
  RowAnswer,
  RowCommand,
  RowMoved,
  RowPlace,
  RowRefused,
  RowWritten,
} from './writer/row-command.ts';
