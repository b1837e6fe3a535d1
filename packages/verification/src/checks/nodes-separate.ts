import type { Run, Windows } from "@standstill/evidence";
import { parseQuantity, there } from "@standstill/record";
import { randomFrom } from "@standstill/statistics";
import { placeOfWindows } from "../counters.ts";
import {
  type CheckResult,
  type ExposingCheck,
  type FindingTold,
  type GapTold,
  gap,
  type Played,
  silent,
  suspicion,
} from "../finding.ts";
import { thresholds } from "../methods/draft/thresholds.ts";
import { drawsFor, isSignificant, isStrong } from "../significance.ts";
import { nodesOf } from "../subject.ts";
import { type Synchrony, testSynchrony, type Untestable } from "../synchrony.ts";
import { findingWords, gapWords, hundredths } from "../words/index.ts";
import { rowsOfRun, type SeparateGroup, separateGroups, sizeOf } from "./claimed-separate.ts";

/**
 * Declared activity against what the power series carries: nodes that are declared to work separately must not move
 * together. Neither level nor variance of power takes part.
 */
export const nodesSeparate: ExposingCheck = {
  id: "nodes-separate",
  of: "evidence",
  serves: ["training-declared"],
  needs: ["node-power"],
  accuses: true,
  underEvasion: "exposes",
  run: (subject): CheckResult => {
    const { windows } = subject.evidence;
    if (windows === undefined) return silent;
    const groups = separateGroups(subject, windows).sort((a, b) => sizeOf(b) - sizeOf(a));
    const tested = groups.slice(0, thresholds.groupsTested);
    const results = tested.map((group) => ({
      group,
      result: testGroup(subject, windows, group, tested.length),
    }));
    return {
      findings: results.flatMap(({ group, result }) =>
        findingOf(subject, windows, group, result, tested.length),
      ),
      gaps: [
        ...results.flatMap(({ group, result }) =>
          result === "too-short" ? [gap("too-short", gapWords.tooShort(group.about))] : [],
        ),
        ...(groups.length > thresholds.groupsTested
          ? [gap("too-many-runs", gapWords.tooMany(groups.length - thresholds.groupsTested))]
          : []),
        ...subject.runs.flatMap((run) => uncovered(windows, run, results)),
      ],
    };
  },
};

interface Tested {
  readonly group: SeparateGroup;
  readonly result: Synchrony | Untestable;
}

/** A run whose nodes no test covered. */
function uncovered(windows: Windows, run: Run, results: readonly Tested[]): GapTold[] {
  const rows = rowsOfRun(windows, run);
  if (run.nodesTogether && rows.length > 1) return [];
  const told = results.some(
    ({ group, result }) => result === "too-short" && group.about === run.run,
  );
  const covered = results.some(
    ({ group, result }) =>
      typeof result !== "string" && rows.some((row) => group.rows.includes(row)),
  );
  return covered || told ? [] : [gap("one-node", gapWords.oneNode(run.run))];
}

function findingOf(
  subject: Played,
  windows: Windows,
  group: SeparateGroup,
  result: Synchrony | Untestable,
  tests: number,
): FindingTold[] {
  if (
    typeof result === "string" ||
    !isSignificant({ reached: result.reached, drawn: result.shifts }, subject, tests) ||
    !isStrong(result.correlation, subject)
  )
    return [];
  const correlation = hundredths(result.correlation);
  const highest = hundredths(result.highestNull);
  const words = findingWords.movedTogether(
    group.about,
    result.nodes,
    correlation,
    highest,
    result.shifts,
  );
  return [
    suspicion(group.about, words, {
      numbers: {
        correlation,
        highestShifted: highest,
        reached: `${result.reached} of ${result.shifts}`,
        nodes: `${result.nodes}`,
        windows: `${result.windows}`,
      },
      where: placeOfWindows(
        windows,
        group.rows.map((row) => there(windows.devices[row])),
        group.from,
        group.to - 1,
      ),
    }),
  ];
}

function testGroup(
  subject: Played,
  windows: Windows,
  group: SeparateGroup,
  tests: number,
): Synchrony | Untestable {
  return synchronyOf(subject, windows, group, drawsFor(subject, tests));
}

/** Runs the test on a group; the seed depends on the group, so that groups do not share their shifts. */
export function synchronyOf(
  subject: Played,
  windows: Windows,
  group: SeparateGroup,
  shifts: number,
): Synchrony | Untestable {
  const random = randomFrom(`nodes-separate ${subject.seed} ${group.about}`);
  const idle = idleMilliwatts(subject, windows, group.rows);
  return testSynchrony(windows, group.rows, group.from, group.to, idle, shifts, random);
}

/** Power up to which a node of the group idles: the highest among their types. */
function idleMilliwatts(subject: Played, windows: Windows, rows: readonly number[]): number {
  const devices = new Set(rows.map((row) => windows.devices[row]));
  const idle = nodesOf(subject)
    .filter((node) => devices.has(node.device))
    .map(
      (node) =>
        Number(node.accelerators * parseQuantity(node.accelerator.power.idle.high, "W")) * 1000,
    );
  return Math.max(0, ...idle);
}
