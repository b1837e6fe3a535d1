import { type HorizonPoint, parseHorizons } from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { amount, file, type NamedFile, oneOf } from "../../command/format.ts";
import { needed, usual } from "../../command/input.ts";
import { unpackedBytesOf } from "../../named-file.ts";

/** Horizons of models, and which of them a trend is drawn through. */
export const trendOptions = {
  horizons: needed(
    "<file>",
    "what indicators horizon --json printed, or a table with alias, released and p50Minutes",
    file,
  ),
  at: usual("<share>", "horizon at one half, or at four fifths", oneOf(["p50", "p80"]), "p50"),
  limitMinutes: usual(
    "<minutes>",
    "longer horizons are beyond what the suite can measure",
    amount,
    "960",
  ),
  frontier: usual(
    "<kind>",
    "best of the window, or of all time",
    oneOf(["window", "all-time"]),
    "window",
  ),
};

/** Horizons in a file, and models without one. */
export async function horizonsIn(
  file: NamedFile,
): Promise<{ readonly points: readonly HorizonPoint[]; readonly without: readonly string[] }> {
  return parseHorizons(textOf(await unpackedBytesOf(file)));
}
