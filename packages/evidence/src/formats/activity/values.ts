import { ACTIVITIES } from "./activity-log.ts";

/** Activities by name. */
export const ACTIVITY_INDEX: ReadonlyMap<unknown, number> = new Map(
  ACTIVITIES.map((activity, index) => [activity, index]),
);
/** What is none of the others. */
export const OTHER = ACTIVITIES.indexOf("other");
