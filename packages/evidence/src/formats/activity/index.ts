/** Activity logs: what operators say accelerators did. Apart from the rest, and needing nothing but a JavaScript engine. */

export { type DeclaredWorkloads, declaredWorkloads } from "../../windows/declared-workloads.ts";
export { textOfFile } from "../text-of-file.ts";
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
  type ActivityTable,
  FLOP_SPLIT,
  NO_NUMBER,
  NO_TEXT,
  TEXT_COLUMNS,
  type TextColumn,
} from "./columns.ts";
export {
  type ActivityPart,
  joinParts,
  type PackedTable,
  packTable,
  unpackTable,
} from "./join.ts";
export {
  type ActivityFile,
  type ActivityTableOptions,
  ActivityTableReader,
  readActivityTable,
} from "./table.ts";
