import { z } from "zod";

/** How strictly a party binds itself, from least to most. */
export const MODES = ["cap", "taper", "pause"] as const;
/** One of the modes. */
export type Mode = (typeof MODES)[number];
/** Schema of a mode. */
export const modeSchema = z.enum(MODES);

/** Whether one mode is at least as strict as another. */
export function isAtLeast(mode: Mode, asked: Mode): boolean {
  return MODES.indexOf(mode) >= MODES.indexOf(asked);
}
