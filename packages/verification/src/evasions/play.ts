import type { Random } from "@standstill/statistics";
import type { ActivityCase } from "../logs/play/records.ts";
import type { PlayedSite } from "../play/honest-site.ts";

/** How an evasion is committed at a site whose readings are judged. */
export interface SitePlay {
  /**
   * The site as it would be had the operator cheated so; `undefined` where there is no room.
   *
   * @param size from 0 to 1, how much of what could be cheated with is
   */
  readonly commit: (honest: PlayedSite, random: Random, size: number) => PlayedSite | undefined;
}

/** How an evasion is committed in an activity log. */
export interface LogPlay {
  /**
   * The case as it would be had the operator cheated so; `undefined` where there is no room.
   *
   * @param size from 0 to 1, how much of what could be cheated with is
   */
  readonly commit: (honest: ActivityCase, random: Random, size: number) => ActivityCase | undefined;
  /** Changes the log's text after it was written. */
  readonly edit?: (text: string, random: Random) => string;
}
