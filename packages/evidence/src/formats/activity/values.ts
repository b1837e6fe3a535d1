import { ACTIVITIES } from "../activity-log.ts";
import type { TextColumn } from "./columns.ts";

/** Activities by name. */
export const ACTIVITY_INDEX: ReadonlyMap<unknown, number> = new Map(
  ACTIVITIES.map((activity, index) => [activity, index]),
);
/** Text columns that hold hexadecimal, and how much of it. */
export const HEX: Partial<Record<TextColumn, RegExp>> = {
  modelSha256: /^[0-9a-f]{64}$/,
  datasetSha256: /^[0-9a-f]{64}$/,
  configSha256: /^[0-9a-f]{64}$/,
  codeCommit: /^[0-9a-f]{7,64}$/,
};
