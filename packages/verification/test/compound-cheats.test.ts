import { readActivityTable } from "@standstill/evidence/activity";
import { sha256, toHex, utf8 } from "@standstill/record";
import { judgeActivity } from "@standstill/verification/logs";
import { type ActivityCase, honestActivity, logText } from "@standstill/verification/play";
import { describe, expect, it } from "vitest";

type Entry = ActivityCase["records"][number];
/** A log and its terms while a cheat changes them. */
interface Forged {
  records: Entry[];
  terms: { -readonly [Key in keyof ActivityCase["terms"]]: ActivityCase["terms"][Key] };
}
type Name = "model" | "codeCommit" | "configSha256" | "datasetSha256" | "team";

const hash = (text: unknown) => toHex(sha256(utf8(String(text))));
const run = ({ records }: Forged) =>
  records.filter(({ workload }) => workload === "north-pretraining");
const minute = ({ start }: Entry) => Math.floor(start / 60_000);
const piecesInTime = (entries: readonly Entry[], pieces: number) => {
  const first = Math.min(...entries.map(({ start }) => start));
  const last = Math.max(...entries.map(({ end }) => end));
  return ({ start }: Entry) => Math.floor(((start - first) * pieces) / (last - first));
};
const piecesByDevice = (entries: readonly Entry[]) => {
  const devices = [...new Set(entries.map(({ device }) => device))];
  return ({ device }: Entry) => devices.indexOf(device);
};

/** Puts the limit on a run below what the run took. */
function limitBelow(forged: Forged): void {
  const flop = run(forged).reduce((sum, { flop: more = 0n }) => sum + more, 0n);
  forged.terms.limits = forged.terms.limits.map((limit) =>
    limit.per === "logical-run" ? { ...limit, flop: `${(flop * 8n) / 10n} FLOP` } : limit,
  );
}

/** Gives the pieces of the run names of their own, but for those that are kept, and declares what is new. */
function rename(
  forged: Forged,
  pieceOf: (entry: Entry) => number,
  keep: readonly Name[] = [],
  keepsWeights = false,
): void {
  limitBelow(forged);
  const entries = run(forged);
  for (const entry of entries) {
    const piece = pieceOf(entry);
    entry.workload = `job-${hash(piece).slice(0, 6)}`;
    if (!keepsWeights) entry.modelSha256 = hash(`${piece} ${entry.modelSha256}`);
    const others = {
      model: `model-${piece}`,
      codeCommit: hash(`code ${piece}`).slice(0, 40),
      configSha256: hash(`config ${piece}`),
      datasetSha256: hash(`data ${piece}`),
      team: `team-${piece}`,
    };
    for (const name of Object.keys(others) as Name[])
      if (!keep.includes(name)) entry[name] = others[name];
  }
  const { permitted, models = [] } = forged.terms;
  const known = new Set(models.map(({ model }) => model));
  const added = [...new Set(entries.map(({ model }) => model as string))].filter(
    (model) => !known.has(model),
  );
  forged.terms.models = [
    ...models,
    ...added.map((model) => ({ model, parameters: 7_000_000_000, precision: "bf16" })),
  ];
  forged.terms.permitted = {
    ...permitted,
    teams: [...new Set(forged.records.flatMap(({ team = "none" }) => team))],
    datasets: [...new Set(entries.map(({ datasetSha256 }) => datasetSha256 as string))]
      .map((sha256Hex) => ({ sha256: sha256Hex }))
      .concat(permitted?.datasets?.map(({ sha256: known }) => ({ sha256: known })) ?? []),
  };
  // Whatever tried the run now tries a piece.
  const last = entries.at(-1)?.workload as string;
  for (const entry of forged.records)
    if (entry.parents?.includes("north-pretraining")) entry.parents = [last];
}

const third = (entry: Entry) => minute(entry) % 3 === 0;
const each = (
  forged: Forged,
  chosen: (entry: Entry, i: number) => boolean,
  change: (entry: Entry) => void,
) => {
  for (const [i, entry] of run(forged).entries()) if (chosen(entry, i)) change(entry);
};
const less = (entry: Entry, times: number) => {
  entry.flop = (entry.flop ?? 0n) / BigInt(times);
  entry.tokens = Math.floor((entry.tokens ?? 0) / times);
};

const FOUND: Readonly<Record<string, (forged: Forged) => void>> = {
  ...Object.fromEntries(
    (
      [["codeCommit"], ["datasetSha256"], ["configSha256"], ["model"], ["team"], []] as const
    ).flatMap((keep) => [
      [
        `pieces in time that keep ${keep[0] ?? "nothing"}`,
        (forged: Forged) => rename(forged, piecesInTime(run(forged), 3), keep),
      ],
      [
        `pieces by device that keep ${keep[0] ?? "nothing"}`,
        (forged: Forged) => rename(forged, piecesByDevice(run(forged)), keep),
      ],
    ]),
  ),
  "pieces in time that keep only the weights": (forged) =>
    rename(forged, piecesInTime(run(forged), 3), [], true),
  "pieces that take turns every ten minutes": (forged) =>
    rename(forged, (entry) => Math.floor(minute(entry) / 10) % 3),
  "pieces with other batches in turn": (forged) => {
    const pieceOf = piecesInTime(run(forged), 4);
    each(
      forged,
      (entry) => pieceOf(entry) % 2 === 1,
      (entry) => {
        entry.batchSize = (entry.batchSize ?? 0) * 2;
      },
    );
    rename(forged, pieceOf);
  },
  "eight pieces, each idle before the next begins": (forged) => {
    const pieceOf = piecesInTime(run(forged), 8);
    each(
      forged,
      (entry) => minute(entry) % 7 === 0,
      (entry) => {
        Object.assign(entry, {
          activity: "idle",
          workload: "none",
          flop: undefined,
          tokens: undefined,
        });
      },
    );
    rename(forged, pieceOf);
  },
  "a base, two children and their merge": (forged) => {
    const pieceOf = piecesInTime(run(forged), 4);
    const pieces = new Map(run(forged).map((entry) => [entry, pieceOf(entry)]));
    rename(forged, pieceOf);
    const job = (piece: number) => `job-${hash(piece).slice(0, 6)}`;
    for (const [entry, piece] of pieces) {
      if (piece > 0) entry.parents = piece === 3 ? [job(1), job(2)] : [job(0)];
    }
  },
  "a third told as trying, with three times the tokens": (forged) =>
    each(forged, third, (entry) =>
      Object.assign(entry, {
        activity: "evaluation",
        tokens: (entry.tokens ?? 0) * 3,
        team: "trial",
      }),
    ),
  "a third told as serving, with the weights that it trains": (forged) =>
    each(forged, third, (entry) =>
      Object.assign(entry, { activity: "inference", tokens: (entry.tokens ?? 0) * 3 }),
    ),
  "rollouts as serving that the run names as its parent": (forged) => {
    limitBelow(forged);
    each(
      forged,
      () => true,
      (entry) =>
        third(entry)
          ? Object.assign(entry, {
              activity: "inference",
              workload: "rollouts",
              tokens: (entry.tokens ?? 0) * 3,
            })
          : Object.assign(entry, { parents: ["rollouts"] }),
    );
  },
  "two fifths of the windows at a third, tokens and all": (forged) =>
    each(
      forged,
      (entry) => minute(entry) % 5 < 2,
      (entry) => less(entry, 3),
    ),
  "one device at a third, tokens and all": (forged) => {
    const device = run(forged)[0]?.device;
    each(
      forged,
      (entry) => entry.device === device,
      (entry) => less(entry, 3),
    );
  },
  "four devices' work in one name, in a precision with a higher peak": (forged) =>
    each(
      forged,
      (_entry, i) => i < 30,
      (entry) =>
        Object.assign(entry, {
          flop: (entry.flop ?? 0n) * 4n,
          tokens: (entry.tokens ?? 0) * 4,
          precision: "fp8",
        }),
    ),
  "every second minute left out": (forged) => {
    const gone = new Set(run(forged).filter((entry) => minute(entry) % 2 === 0));
    forged.records = forged.records.filter((entry) => !gone.has(entry));
  },
  "one record for ten minutes": (forged) => {
    const device = run(forged)[0]?.device;
    const its = forged.records.filter((entry) => entry.device === device);
    const gone = new Set(its.filter((_, i) => i % 10 !== 0));
    for (const entry of its) entry.end = entry.start + 600_000;
    forged.records = forged.records.filter((entry) => !gone.has(entry));
  },
  "a team whose name only looks like another's": (forged) =>
    each(
      forged,
      () => true,
      (entry) => {
        entry.team = "n\u043erth";
      },
    ),
  "a device under a name that only looks like another's": (forged) =>
    each(
      forged,
      (_entry, i) => i < 60,
      (entry) => {
        entry.device = entry.device.toUpperCase();
      },
    ),
  "another run's data set, with its own sources": (forged) => {
    const other = forged.terms.permitted?.datasets?.[1]?.sha256;
    each(
      forged,
      (_entry, i) => i < 50,
      (entry) => {
        entry.datasetSha256 = other;
      },
    );
  },
  "other code every second hour": (forged) =>
    each(
      forged,
      (entry) => minute(entry) % 120 >= 60,
      (entry) => {
        entry.codeCommit = hash("other").slice(0, 40);
      },
    ),
  "the service's weights under another model's name": (forged) => {
    for (const entry of forged.records
      .filter(({ workload }) => workload === "service")
      .slice(0, 40))
      entry.model = "south-3b";
  },
  "idle, with the tokens still there": (forged) =>
    each(
      forged,
      (_entry, i) => i < 40,
      (entry) => Object.assign(entry, { activity: "idle", flop: 0n }),
    ),
  "an activity that nobody agreed": (forged) =>
    each(
      forged,
      (_entry, i) => i < 40,
      (entry) => Object.assign(entry, { activity: "other", model: undefined }),
    ),
  "training on a device that serves at the same time": (forged) => {
    const device = forged.records.find(({ workload }) => workload === "service")?.device as string;
    forged.records.push(
      ...run(forged)
        .slice(0, 30)
        .map((entry) => ({ ...entry, device })),
    );
  },
  "windows of one device half a minute late, for all of the time and twice": (forged) => {
    const device = run(forged)[0]?.device;
    for (const entry of forged.records.filter((one) => one.device === device)) {
      entry.start += 90_000;
      entry.end += 90_000;
    }
  },
  "tokens of the run without a team": (forged) =>
    each(forged, third, (entry) => {
      entry.team = undefined;
    }),
  "an hour that repeats the hour before, under other code": (forged) => {
    const its = run(forged).filter(({ device }) => device === run(forged)[0]?.device);
    for (const [i, entry] of its.slice(60, 120).entries()) {
      const { flop, tokens } = its[i] as Entry;
      Object.assign(entry, { flop, tokens, codeCommit: hash("again").slice(0, 40) });
    }
  },
  "a run in another region for an hour": (forged) =>
    each(
      forged,
      (entry) => minute(entry) % 240 < 60,
      (entry) => {
        entry.region = "inland";
      },
    ),
};

/** What a log alone does not show: it is not accused, and docs/activity-log.md says why. */
const LISTED: Readonly<Record<string, (forged: Forged) => void>> = {
  "a third told as serving, with the service's tokens, weights, code and configuration": (
    forged,
  ) => {
    const service = forged.records.find(({ workload }) => workload === "service") as Entry;
    const { workload, team, model, modelSha256, codeCommit, configSha256 } = service;
    each(forged, third, (entry) =>
      Object.assign(entry, {
        activity: "inference",
        workload,
        team,
        model,
        modelSha256,
        codeCommit,
        configSha256,
        datasetSha256: undefined,
        dataSources: undefined,
        tokens: Math.round(Number(entry.flop) / (2 * 13_000_000_000)),
      }),
    );
  },
  "a third without FLOP and tokens": (forged) =>
    each(forged, third, (entry) => Object.assign(entry, { flop: undefined, tokens: undefined })),
  "all windows at a third, tokens and all": (forged) =>
    each(
      forged,
      () => true,
      (entry) => less(entry, 3),
    ),
};

const judged = (cheat: (forged: Forged) => void) => {
  const honest = honestActivity("red", { devices: 8, minutes: 240 });
  const forged: Forged = {
    records: honest.records.map((entry) => ({ ...entry })),
    terms: { ...honest.terms },
  };
  cheat(forged);
  const table = readActivityTable([{ name: "log", content: logText(forged.records, true) }]);
  return judgeActivity(table, forged.terms);
};

describe("compound cheats of a whole log", () => {
  it("there are forty", () => {
    expect(Object.keys(FOUND).length + Object.keys(LISTED).length).toBeGreaterThanOrEqual(40);
    expect(judged(() => undefined).verdict).toBe("verified");
  });

  it.each(Object.entries(FOUND))("found: %s", (_name, cheat) => {
    expect(judged(cheat).verdict).toBe("anomalous");
  });

  it.each(Object.entries(LISTED))("not found, and listed: %s", (_name, cheat) => {
    expect(judged(cheat).findings).toEqual([]);
  });
});
