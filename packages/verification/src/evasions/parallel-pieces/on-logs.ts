import {
  adopted,
  changed,
  declaring,
  devicesWith,
  isTraining,
  NAMES,
  overLimit,
  renamed,
} from "../../logs/play/forging.ts";
import type { LogPlay } from "../play.ts";

/** The evasion `parallel-pieces`, committed in an activity log. */
export const parallelPiecesOnLogs: LogPlay = {
  commit(honest, random) {
    const over = overLimit(honest);
    if (over === undefined) return undefined;
    const chosen = new Set(over.run.its);
    const devices = devicesWith(honest.records, (record) => chosen.has(record));
    if (devices.length < 2) return undefined;
    // One course for all: the slowest sets the pace.
    const pace = new Map<number, number>();
    const paceAt = (start: number) => {
      const known = pace.get(start) ?? 600 + random.below(400);
      pace.set(start, known);
      return known;
    };
    const cheat = changed(
      over.case,
      (record) => chosen.has(record),
      (record) => {
        const share = BigInt(paceAt(record.start));
        const jitter = BigInt(990 + random.below(20));
        return {
          ...renamed(record, devices.indexOf(record.device), new Set(NAMES)),
          flop: ((record.flop ?? 0n) * share * jitter) / 1_000_000n,
          tokens: Math.floor(((record.tokens ?? 0) * Number(share)) / 1000),
          batchSize: undefined,
          sequenceLength: undefined,
        };
      },
    );
    const flop = cheat.records
      .filter((record) => isTraining(record) && record.workload.startsWith(`${over.run.workload}-`))
      .reduce((sum, record) => sum + (record.flop ?? 0n), 0n);
    const limits = cheat.terms.limits.map((limit) =>
      limit.per === "logical-run" ? { ...limit, flop: `${(flop * 4n) / 5n} FLOP` } : limit,
    );
    const pieces = { records: cheat.records, terms: { ...cheat.terms, limits } };
    return declaring(adopted(pieces, over.run.workload, 0), over.run.its);
  },
};
