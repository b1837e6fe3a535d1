import { createConnection } from "node:net";
import { GateError, type JobQuestion } from "@standstill/gate";
import { z } from "zod";

/** A decision as it comes over the socket. */
export type ToldDecision = z.infer<typeof decision>;

const decision = z.looseObject({
  decision: z.enum(["allow", "refuse"]),
  atMost: z.string(),
  until: z.number(),
  isLease: z.boolean(),
  objections: z.array(
    z.looseObject({
      clause: z.string(),
      title: z.string(),
      expected: z.string(),
      got: z.string(),
    }),
  ),
  sentence: z.string(),
  asOf: z.number(),
  mode: z.string().nullable(),
});
const ended = z.looseObject({ ended: z.boolean() });
const listed = z.looseObject({
  jobs: z.array(
    z.looseObject({
      job: z.string(),
      accelerators: z.number(),
      activity: z.string(),
      run: z.string().nullable(),
      until: z.number(),
    }),
  ),
});
const running = z.looseObject({
  ended: z.array(z.string()),
  renewed: z.array(z.string()),
  refused: z.array(z.looseObject({ job: z.string(), sentence: z.string() })),
  unknown: z.array(z.string()),
});
const stopping = z.looseObject({
  stop: z.array(z.looseObject({ job: z.string(), isOver: z.boolean(), decision })),
});
const failure = z.looseObject({ error: z.string(), message: z.string() });

/**
 * Asks a gate that is running, over its socket: a line of JSON each way. Every question ends in an answer, in a `GateError` (`unanswered`,
 * `malformed-request` for what the gate refuses to answer), or in the system's error where nobody listens there.
 *
 * @example (await new GateClient("/run/standstill/gate.sock", 2000).list()).jobs
 */
export class GateClient {
  readonly #path: string;
  readonly #patienceMs: number;

  /** @param patienceMs milliseconds after which a gate counts as not answering */
  constructor(path: string, patienceMs: number) {
    this.#path = path;
    this.#patienceMs = patienceMs;
  }

  /** Lets a job in, or tells why not. */
  start(job: JobQuestion): Promise<ToldDecision> {
    return this.#ask({ op: "start", ...job }, decision);
  }

  /** Tells that a job has ended. */
  end(job: string): Promise<z.infer<typeof ended>> {
    return this.#ask({ op: "end", job }, ended);
  }

  /** The jobs that are let in. */
  list(): Promise<z.infer<typeof listed>> {
    return this.#ask({ op: "list" }, listed);
  }

  /** Tells which jobs of a scheduler run. */
  running(scheduler: string, jobs: readonly string[]): Promise<z.infer<typeof running>> {
    return this.#ask({ op: "running", scheduler, jobs }, running);
  }

  /** Which jobs have to stop, the newest first. */
  stop(): Promise<z.infer<typeof stopping>> {
    return this.#ask({ op: "stop" }, stopping);
  }

  async #ask<Answer>(question: object, schema: z.ZodType<Answer>): Promise<Answer> {
    const answer = parsed(await this.#exchange(`${JSON.stringify(question)}\n`));
    const refused = failure.safeParse(answer);
    if (refused.success) throw new GateError("malformed-request", refused.data.message);
    const told = schema.safeParse(answer);
    if (told.success) return told.data;
    throw this.#unanswered("something that no gate says");
  }

  /** Sends a line, and returns the first line that comes back. */
  #exchange(line: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = createConnection(this.#path);
      let answered = "";
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      socket.setEncoding("utf8");
      socket.setTimeout(this.#patienceMs, () =>
        fail(this.#unanswered(`nothing within ${this.#patienceMs} ms`)),
      );
      socket.on("error", fail);
      socket.on("connect", () => socket.write(line));
      socket.on("data", (part: string) => {
        answered += part;
        if (!answered.includes("\n")) return;
        socket.destroy();
        resolve(answered.slice(0, answered.indexOf("\n")));
      });
      socket.on("end", () => fail(this.#unanswered("the end of the connection")));
    });
  }

  #unanswered(got: string): GateError {
    return new GateError("unanswered", `expected a gate that answers at ${this.#path}, got ${got}`);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // No schema takes it.
    return undefined;
  }
}
