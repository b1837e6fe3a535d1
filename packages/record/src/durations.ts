/** The one table of durations, in milliseconds as all times are. A day has 24 hours: time is UTC without leap seconds, as POSIX has it. */
export const SECOND_MS = 1000;
/** Sixty seconds. */
export const MINUTE_MS = 60 * SECOND_MS;
/** Sixty minutes. */
export const HOUR_MS = 60 * MINUTE_MS;
/** Twenty-four hours. */
export const DAY_MS = 24 * HOUR_MS;
