import type { Random } from "@standstill/statistics";
import type { PlayedSite } from "../honest-site.ts";

/** A way to cheat at a site whose readings are judged. */
export interface SiteEvasion {
  readonly id: string;
  /** What it does, for people. */
  readonly about: string;
  /**
   * The site as it would be had the operator cheated so; `undefined` where there is no room.
   *
   * @param size from 0 to 1, how much of what could be cheated with is
   */
  readonly commit: (honest: PlayedSite, random: Random, size: number) => PlayedSite | undefined;
}
