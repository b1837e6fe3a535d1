/** Activity logs: what operators say accelerators did. Apart from the rest, and needing nothing but a JavaScript engine. */

export { type DeclaredWorkloads, declaredWorkloads } from "../intake/declared-workloads.ts";
export {
  ACTIVITIES,
  type ActivityLog,
  type ActivityRecord,
  activityRecordSchema,
  type FieldMap,
  fieldMapSchema,
  readActivityLog,
} from "./activity-log.ts";
export {
  type ActivityFile,
  type ActivityTable,
  type ActivityTableOptions,
  ActivityTableReader,
  FLOP_SPLIT,
  NO_NUMBER,
  NO_TEXT,
  readActivityTable,
  TEXT_COLUMNS,
  type TextColumn,
} from "./activity-table.ts";
export { textOfFile } from "./text-of-file.ts";
