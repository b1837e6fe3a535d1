import { createConnection } from "node:net";
import { text } from "node:stream/consumers";
import type { Decision } from "@standstill/gate";
import type { RunningAnswer } from "@standstill/server";
import { EXIT } from "../../exit-codes.ts";
import { type Terminal, table, UsageError } from "../../output.ts";
import { type JobOptions, questionOf } from "./check.ts";
import { decisionLines } from "./words.ts";

/** Options of the commands that ask a gate that is running. */
export interface AskOptions {
  readonly socket: string;
  /** Milliseconds after which the gate counts as not answering. */
  readonly timeout: number;
  readonly json: boolean;
}

/** `standstill gate start`: lets a job in at a running gate, or tells why not; also when its lease runs out. */
export async function gateStartCommand(
  options: AskOptions & JobOptions,
  terminal: Terminal,
): Promise<number> {
  const decision = (await ask(options, { op: "start", ...questionOf(options) })) as Decision;
  terminal.out(options.json ? JSON.stringify(decision) : decisionLines(decision).join("\n"));
  return decision.decision === "allow" ? EXIT.ok : EXIT.refused;
}

/** `standstill gate end`: tells a running gate that a job has ended. */
export async function gateEndCommand(
  job: string,
  options: AskOptions,
  terminal: Terminal,
): Promise<number> {
  const answer = (await ask(options, { op: "end", job })) as { readonly ended: boolean };
  const words = answer.ended ? `${job} has ended.` : `${job} was not let in by this gate.`;
  terminal.out(options.json ? JSON.stringify(answer) : words);
  return EXIT.ok;
}

interface Listed {
  readonly job: string;
  readonly accelerators: number;
  readonly activity: string;
  readonly run: string | null;
  readonly until: number;
}

/** `standstill gate list`: the jobs that a running gate let in. */
export async function gateListCommand(options: AskOptions, terminal: Terminal): Promise<number> {
  const answer = (await ask(options, { op: "list" })) as { readonly jobs: readonly Listed[] };
  const rows = answer.jobs.map(({ job, accelerators, activity, run, until }) => [
    ...[job, String(accelerators), activity, run ?? "", new Date(until).toISOString()],
  ]);
  terminal.out(
    options.json
      ? JSON.stringify(answer)
      : rows.length === 0
        ? "No job is let in."
        : table(["job", "accelerators", "activity", "run", "until"], rows),
  );
  return EXIT.ok;
}

/** `standstill gate stop`: which running jobs have to stop under what binds now, the newest first. */
export async function gateStopCommand(options: AskOptions, terminal: Terminal): Promise<number> {
  const { stop } = (await ask(options, { op: "stop" })) as {
    readonly stop: readonly {
      readonly job: string;
      readonly isOver: boolean;
      readonly decision: Decision;
    }[];
  };
  const rows = stop.map(({ job, isOver, decision }) => [
    job,
    isOver ? "Its time is out." : decision.sentence,
  ]);
  terminal.out(
    options.json
      ? JSON.stringify({ stop })
      : rows.length === 0
        ? "Nothing has to stop."
        : table(["job", "why"], rows),
  );
  return stop.length === 0 ? EXIT.ok : EXIT.refused;
}

/** `standstill gate running`: tells a running gate which jobs of a scheduler run, by their names on the input. */
export async function gateRunningCommand(
  scheduler: string,
  options: AskOptions,
  terminal: Terminal,
): Promise<number> {
  const lines = (await text(process.stdin)).split("\n");
  const jobs = lines.map((line) => line.trim()).filter((line) => line !== "");
  const answer = (await ask(options, { op: "running", scheduler, jobs })) as RunningAnswer;
  const { ended, renewed, refused, unknown } = answer;
  const rows = [
    ...unknown.map((job) => [job, "It runs, and this gate did not let it in."]),
    ...refused.map(({ job, sentence }) => [job, `Its lease is not renewed: ${sentence}`]),
    ...ended.map((job) => [job, "It runs no more; its end is made up for."]),
    ...renewed.map((job) => [job, "Its lease is renewed."]),
  ];
  terminal.out(
    options.json
      ? JSON.stringify(answer)
      : rows.length === 0
        ? "The gate and the scheduler agree."
        : table(["job", "what"], rows),
  );
  return unknown.length + refused.length === 0 ? EXIT.ok : EXIT.refused;
}

/** One question to a gate, and its answer; a gate that does not answer in time is told in words. */
async function ask({ socket: path, timeout }: AskOptions, question: object): Promise<unknown> {
  const line = await new Promise<string>((resolve, reject) => {
    const socket = createConnection(path);
    let answered = "";
    const fail = (got: string) => {
      socket.destroy();
      reject(
        new UsageError(
          `expected a gate that answers at ${path}, got ${got}`,
          "See that standstill gate serve runs; what holds meanwhile is what the agreement says for that.",
        ),
      );
    };
    socket.setEncoding("utf8");
    socket.setTimeout(timeout, () => fail(`nothing within ${timeout} ms`));
    socket.on("error", (error: NodeJS.ErrnoException) => fail(error.code ?? error.message));
    socket.on("connect", () => socket.write(`${JSON.stringify(question)}\n`));
    socket.on("data", (part: string) => {
      answered += part;
      if (!answered.includes("\n")) return;
      socket.destroy();
      resolve(answered.slice(0, answered.indexOf("\n")));
    });
    socket.on("end", () => fail("no answer"));
  });
  const answer = JSON.parse(line) as { readonly error?: string; readonly message?: string };
  if (answer.error === undefined) return answer;
  throw new UsageError(answer.message ?? answer.error, "Mend the job's description and ask again.");
}
