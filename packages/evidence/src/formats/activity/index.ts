/** Activity logs: what operators say accelerators did. Apart from the rest, and needing nothing but a JavaScript engine. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export type { ActivityRecord } from "./activity-log.ts";
export {
  ACTIVITIES,
  type ActivityLog,
  activityRecordSchema,
  type FieldMap,
  fieldMapSchema,
  readActivityLog,
} from "./activity-log.ts";
export type { ActivityTable } from "./columns.ts";
export { type ActivityFile, type ActivityTableOptions, readActivityTable } from "./table.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { type DeclaredWorkloads, declaredWorkloads } from "../../windows/declared-workloads.ts";
export { textOfFile } from "../text-of-file.ts";
export { FLOP_SPLIT, NO_NUMBER, NO_TEXT, TEXT_COLUMNS, type TextColumn } from "./columns.ts";
export { type ActivityPart, joinParts, type PackedTable, packTable, unpackTable } from "./join.ts";
export { ActivityTableReader } from "./table.ts";
