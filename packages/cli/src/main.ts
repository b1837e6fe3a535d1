import type { Command } from "commander";
import type { Finish } from "./command/build.ts";
import { manualOf } from "./command/manual.ts";
import { type CommandTable, programOf } from "./command/program.ts";
import { run } from "./command/run.ts";
import { processTerminal, type Terminal } from "./output.ts";

/** Every command of `standstill`, one file each. */
export const COMMANDS: CommandTable = {
  up: () => import("./commands/up/up.ts"),
  audit: () => import("./commands/audit.ts"),
  monitor: () => import("./commands/monitor.ts"),
  attest: () => import("./commands/attest.ts"),
  catalogue: () => import("./commands/catalogue.ts"),
  import: () => import("./commands/import/import.ts"),
  verify: () => import("./commands/verify/verify.ts"),
  balance: () => import("./commands/balance.ts"),
  locate: () => import("./commands/locate.ts"),
  notify: () => import("./commands/notify.ts"),
  drill: () => import("./commands/drill.ts"),
  agreement: {
    summary: "Read an agreement, and who is bound by it",
    commands: {
      new: () => import("./commands/agreement/new.ts"),
      check: () => import("./commands/agreement/check.ts"),
      explain: () => import("./commands/agreement/explain.ts"),
      diff: () => import("./commands/agreement/diff.ts"),
      impact: () => import("./commands/agreement/impact.ts"),
      entry: () => import("./commands/agreement/entry.ts"),
      status: () => import("./commands/agreement/status.ts"),
      "what-if": () => import("./commands/agreement/what-if.ts"),
      robustness: () => import("./commands/agreement/robustness.ts"),
    },
  },
  indicators: {
    summary: "Measure how close AI is to improving itself",
    commands: {
      horizon: () => import("./commands/indicators/horizon.ts"),
      doubling: () => import("./commands/indicators/doubling.ts"),
      forecast: () => import("./commands/indicators/forecast.ts"),
      authorship: () => import("./commands/indicators/authorship.ts"),
      oversight: () => import("./commands/indicators/oversight.ts"),
      agents: () => import("./commands/indicators/agents.ts"),
      closure: () => import("./commands/indicators/closure.ts"),
      uplift: () => import("./commands/indicators/uplift.ts"),
      break: () => import("./commands/indicators/break.ts"),
      speedup: () => import("./commands/indicators/speedup.ts"),
      "next-step": () => import("./commands/indicators/next-step.ts"),
      thresholds: () => import("./commands/indicators/thresholds.ts"),
      commit: () => import("./commands/indicators/commit.ts"),
      check: () => import("./commands/indicators/check.ts"),
      sample: () => import("./commands/indicators/sample.ts"),
      statement: () => import("./commands/indicators/statement.ts"),
      report: () => import("./commands/indicators/report.ts"),
    },
  },
  case: {
    summary: "What happens to a doubt",
    commands: {
      list: () => import("./commands/case/list.ts"),
      show: () => import("./commands/case/show.ts"),
      deadlines: () => import("./commands/case/deadlines.ts"),
    },
  },
  gate: {
    summary: "Whether a job may run under what binds a party now",
    commands: {
      check: () => import("./commands/gate/check.ts"),
      release: () => import("./commands/gate/release.ts"),
      serve: () => import("./commands/gate/serve.ts"),
      start: () => import("./commands/gate/start.ts"),
      end: () => import("./commands/gate/end.ts"),
      list: () => import("./commands/gate/list.ts"),
      running: () => import("./commands/gate/running.ts"),
      stop: () => import("./commands/gate/stop.ts"),
    },
  },
  box: {
    summary:
      "The reporting box: sealed reports, which only several members of a panel read together",
    commands: {
      keys: () => import("./commands/box/keys.ts"),
      seal: () => import("./commands/box/seal.ts"),
      share: () => import("./commands/box/share.ts"),
      read: () => import("./commands/box/read.ts"),
    },
  },
  witness: () => import("./commands/witness.ts"),
  mirror: () => import("./commands/mirror.ts"),
  find: () => import("./commands/find.ts"),
  prove: () => import("./commands/prove.ts"),
  check: () => import("./commands/check.ts"),
  watch: () => import("./commands/watch.ts"),
  key: {
    summary: "Make signing keys, and show what may be told of them",
    commands: {
      generate: () => import("./commands/key/generate.ts"),
      join: () => import("./commands/key/join.ts"),
      hold: () => import("./commands/key/hold.ts"),
      show: () => import("./commands/key/show.ts"),
    },
  },
};

/**
 * Runs `standstill` with arguments as a shell gives them, without the program's name.
 *
 * @returns the exit code
 * @example process.exitCode = await main(["audit", "./data", "--json"])
 */
export function main(argv: readonly string[], terminal = processTerminal): Promise<number> {
  return run(COMMANDS, argv, terminal);
}

/**
 * The program with all its commands, before any is run.
 *
 * @param finish takes the work of the command that is run
 */
export function createProgram(terminal: Terminal, finish: Finish): Promise<Command> {
  return programOf(COMMANDS, terminal, finish);
}

/** `docs/commands.md`: every command with its options, examples and exit codes, as its definition says them. */
export function commandManual(): Promise<string> {
  return manualOf(COMMANDS);
}
