import { sealEvidence } from "@standstill/evidence";
import { randomFrom } from "@standstill/statistics";
import { judge, runChecks, type Subject } from "@standstill/verification";
import {
  honestSite,
  type SiteEvasion,
  siteEvasions,
  siteTerms,
} from "@standstill/verification/play";
import { describe, expect, it } from "vitest";
import { terms } from "./subjects.ts";

const options = { nodes: 8, windows: 2880, windowMs: 60_000, terms: siteTerms(terms) };
const SITES = [0, 1, 2].map((i) => honestSite(`base ${i}`, options));
const SIZES = [0.02, 0.1, 0.5, 1];

/** The smallest of the sizes at which an evasion is found at every site, as `docs/verification-figures.md` tells. */
const FOUND_FROM: Record<string, number | "never"> = {
  "undeclared-run": 0.02,
  "training-as-inference": 0.02,
  "serving-told-well": 0.02,
  "serving-told-well-quietly": 0.02,
  "one-node-told-well": "never",
  "sparse-exchange": 0.1,
  "serving-without-counters": 0.5,
  "training-power-told-idle": 0.1,
  "tensor-told-alone": 0.1,
  "understated-power": 0.5,
  "power-told-idle": 0.02,
  "counters-told-idle": 0.02,
  "all-told-idle": 0.5,
  "replayed-records": 0.02,
  "dropped-records": "never",
  "undeclared-device": 0.02,
  "work-told-too-much": 0.5,
  "work-told-too-little": 1,
  "model-told-too-large": 0.5,
  splitting: 0.02,
  "unlinked-pieces": "never",
  "phantom-parent": 0.02,
  "declared-late": 0.02,
  "grown-cluster": 0.02,
  "rented-elsewhere": 0.02,
  "other-place": 0.02,
  "cloned-identity": 0.02,
  "capable-beyond-compute": 0.02,
};

function findersOf(subject: Subject): Set<string> {
  return new Set(runChecks(subject).findings.map(({ check }) => check));
}

function committed(evasion: SiteEvasion, size: number): Subject[] {
  return SITES.flatMap((site, i) => {
    const cheat = evasion.commit(site, randomFrom(`${evasion.id} ${size} ${i}`), size);
    return cheat === undefined ? [] : [cheat.subject];
  });
}

const found = new Map<string, readonly ReadonlySet<string>[]>();

/** Which checks find an evasion at each site; computed once, since several tests ask. */
function findersAt(evasion: SiteEvasion, size: number): readonly ReadonlySet<string>[] {
  const key = `${evasion.id} ${size}`;
  const known = found.get(key) ?? committed(evasion, size).map(findersOf);
  found.set(key, known);
  return known;
}

describe("made-up sites with ordinary mess", () => {
  it("a hundred of them, of one node to nine: none is accused", () => {
    const accused: string[] = [];
    for (let i = 0; i < 100; i++) {
      const { subject } = honestSite(`honest ${i}`, {
        ...options,
        nodes: 1 + (i % 9),
        windows: 720,
      });
      const { findings } = runChecks(subject);
      for (const { check, detail } of findings) accused.push(`${i} ${check}: ${detail}`);
    }
    expect(accused).toEqual([]);
  });

  it("no verdict on them is verified: nobody independent reads the counters or has counted the accelerators", () => {
    const { subject } = SITES[0] as (typeof SITES)[number];
    const unplayed = { ...subject.terms, goals: { ...subject.terms.goals, evasions: [] } };
    const seal = sealEvidence(subject.evidence);
    const { verdict, duties } = judge({ ...subject, terms: unplayed, seal });
    expect(verdict).toBe("unverified");
    expect(duties.flatMap(({ gaps }) => gaps).map(({ code }) => code)).toContain("not-inspected");
  });
});

describe("each evasion, committed against an honest site", () => {
  it("is in the list of what is found", () => {
    expect(siteEvasions.map(({ id }) => id).sort()).toEqual(Object.keys(FOUND_FROM).sort());
  });

  it.each(siteEvasions.map((evasion) => [evasion.id, evasion] as const))("%s", (id, evasion) => {
    const from = FOUND_FROM[id];
    const seen = SIZES.map((size) => ({
      size,
      everywhere: findersAt(evasion, size).every((finders) => finders.size > 0),
    }));
    const least = seen.find(
      ({ everywhere }, i) => everywhere && seen.slice(i).every((one) => one.everywhere),
    );
    expect(least?.size ?? "never").toBe(from);
  });

  it("readings that were left out are a gap, so that nothing comes out as verified", () => {
    const dropped = siteEvasions.find(({ id }) => id === "dropped-records") as SiteEvasion;
    for (const subject of committed(dropped, 0.5)) {
      const gaps = runChecks(subject).gaps.map(({ code }) => code);
      expect(gaps).toEqual(expect.arrayContaining(["feed-incomplete", "counters-incomplete"]));
    }
  });
});

describe("runs of one size on the same nodes in a row", () => {
  it("are not accused of being one, and not shown to be several: a gap, so that the limit is not shown to be kept", () => {
    const pieces = siteEvasions.find(({ id }) => id === "unlinked-pieces") as SiteEvasion;
    for (const subject of committed(pieces, 0.5)) {
      const { gaps } = runChecks(subject);
      expect(gaps.map(({ code, duty }) => `${code} ${duty}`)).toContain("maybe-one-run article-1");
    }
  });
});

describe("no check is decoration", () => {
  it("each that accuses is the only one that finds some evasion, two apart", () => {
    const alone = new Set<string>();
    for (const evasion of siteEvasions) {
      for (const size of [0.005, ...SIZES]) {
        for (const finders of findersAt(evasion, size))
          if (finders.size === 1) alone.add([...finders][0] as string);
      }
    }
    // Not among them: physically-possible, which others precede here and which has tests of its own, and measures-agree: feeds that
    // exclude each other as wholes do so window by window before.
    expect([...alone].sort()).toEqual([
      "cluster-limit",
      "counters-fit-power",
      "declared-in-time",
      "devices-listed",
      "energy-explained",
      "identities-shown",
      "idle-is-idle",
      "lineage-known",
      "meters-agree",
      "model-in-memory",
      "nodes-separate",
      "place-possible",
      "replayed",
      "run-limit",
      "score-explained",
      "steps-absent",
      "traffic-explained",
      "use-declared",
      "work-explained",
    ]);
    // Alone, without what the tests before have found, it takes a minute on a machine that does nothing else.
  }, 900_000);
});
