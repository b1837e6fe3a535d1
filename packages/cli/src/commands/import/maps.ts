import { type FieldMap, fieldMapSchema } from "@standstill/evidence/activity";
import { type TableMap, tableMapSchema } from "@standstill/evidence/formats";
import { checked } from "../../named-file.ts";

const TO_DO = "See docs/monitor.md for what a map looks like.";

/** A map of the fields of an activity log, where one was given. */
export function fieldMapOf(map: unknown): FieldMap | undefined {
  if (map === undefined) return undefined;
  return checked(map, fieldMapSchema, "a map from our names of fields to theirs", TO_DO);
}

/** A map of the columns of a table, where one was given. */
export function tableMapOf(map: unknown): TableMap | undefined {
  return map === undefined ? undefined : checked(map, tableMapSchema, "a map of a table", TO_DO);
}
