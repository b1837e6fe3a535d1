import { there } from "@standstill/record";
import { changed, devicesWith, stretch } from "../../logs/play/forging.ts";
import type { Draft } from "../../logs/play/records.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `copied-records`, committed in an activity log. */
export const copiedRecordsOnLogs: LogPlay = {
  commit(honest, random, size) {
    const serves = ({ activity }: Draft) => activity === "inference";
    const chosen = [...stretch(honest.records, random, Math.max(size, 0.3), serves)];
    const devices = devicesWith(honest.records, serves);
    const other = devices.find((device) => device !== chosen[0]?.device);
    const theirs = honest.records.filter((record) => record.device === other && serves(record));
    const source = new Map(
      chosen.map((record, i) => [record, there(theirs[(i + 25) % theirs.length])]),
    );
    if (chosen.length < 25 || theirs.length < 50) return undefined;
    return changed(
      honest,
      (record) => source.has(record),
      (record) => {
        const { flop, tokens } = there(source.get(record));
        return { flop, tokens };
      },
    );
  },
};
