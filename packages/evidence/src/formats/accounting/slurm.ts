import { there } from "@standstill/record";
import { z } from "zod";
import { EvidenceError } from "../../error.ts";
import type { Job } from "./jobs.ts";

/**
 * Jobs of Slurm's accounting, from `sacct --parsable2` (times in UTC), `sacct --json` (openapi dbv0.0.38), or the lines that
 * jobcomp/filetxt writes where there is no accounting. Only job rows count, not their steps, and typed and untyped
 * accelerators of one job are never added.
 */
export function parseSlurm(text: string): Job[] {
  const start = text.trimStart();
  if (start.startsWith("{")) return parseJson(text);
  return start.startsWith("JobId=") ? parseJobcomp(text) : parseParsable(text);
}

/** One line a job, `Name=value` with spaces between; a value may hold `=` and `,`, and no space. */
function parseJobcomp(text: string): Job[] {
  return text.split(/\r?\n/).flatMap((line, i) => {
    if (line.trim() === "") return [];
    const place = `line ${i + 1}`;
    const fields = new Map(
      line
        .trim()
        .split(/ +/)
        .map((item): [string, string] => {
          const at = item.indexOf("=");
          return [item.slice(0, at), item.slice(at + 1)];
        }),
    );
    const field = (name: string): string => {
      const value = fields.get(name);
      if (value !== undefined) return value;
      throw new EvidenceError("malformed-file", `expected ${name}=, got none`, { place });
    };
    if (![field("StartTime"), field("EndTime")].every((time) => /^\d/.test(time))) return [];
    return [
      {
        id: field("JobId"),
        account: field("Account"),
        state: field("JobState").toUpperCase(),
        start: localInstant(field("StartTime"), place),
        end: localInstant(field("EndTime"), place),
        accelerators: acceleratorsOf(field("Tres"), place),
      },
    ];
  });
}

function parseParsable(text: string): Job[] {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const head = (lines[0] ?? "").split("|");
  const column = (name: string): number => {
    const index = head.indexOf(name);
    if (index < 0) {
      throw new EvidenceError("malformed-file", `expected a column ${name}, got none`, {
        place: "line 1",
      });
    }
    return index;
  };
  const [id, account, state] = [column("JobIDRaw"), column("Account"), column("State")];
  const [start, end, tres] = [column("Start"), column("End"), column("AllocTRES")];
  return lines.slice(1).flatMap((line, i) => {
    const place = `line ${i + 2}`;
    const cells = line.split("|");
    if (cells.length !== head.length) {
      throw new EvidenceError(
        "malformed-file",
        `expected ${head.length} cells, got ${cells.length}`,
        { place },
      );
    }
    const cell = (index: number) => there(cells[index]);
    if (cell(id).includes(".")) return [];
    // A job that has not ended, or that never began, has used nothing that can be counted yet.
    if (![start, end].every((index) => /^\d/.test(cell(index)))) return [];
    return [
      {
        id: cell(id),
        account: cell(account),
        state: there(cell(state).split(" ")[0]).toUpperCase(),
        start: localInstant(cell(start), place),
        end: localInstant(cell(end), place),
        accelerators: acceleratorsOf(cell(tres), place),
      },
    ];
  });
}

/** `gres/gpu` counts all accelerators and `gres/gpu:type` those of a type: the first is used, else the sum of types. */
function acceleratorsOf(tres: string, place: string): number {
  let total: number | undefined;
  let typed = 0;
  for (const item of tres.split(",")) {
    const [name = "", count = ""] = item.split("=");
    if (name !== "gres/gpu" && !name.startsWith("gres/gpu:")) continue;
    if (!/^[0-9]{1,9}$/.test(count)) {
      throw new EvidenceError(
        "malformed-file",
        `expected a count of accelerators, got ${JSON.stringify(item)}`,
        { place },
      );
    }
    if (name === "gres/gpu") total = Number(count);
    else typed += Number(count);
  }
  return total ?? typed;
}

function localInstant(text: string, place: string): string {
  const ms = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN;
  if (!Number.isFinite(ms)) {
    throw new EvidenceError(
      "malformed-file",
      `expected a time as 2026-11-21T21:04:36, got ${JSON.stringify(text)}`,
      { place },
    );
  }
  return new Date(ms).toISOString();
}

/** What is read of `sacct --json`; versions differ in the rest. */
const sacctSchema = z.looseObject({
  jobs: z.array(
    z.looseObject({
      job_id: z.unknown(),
      account: z.unknown(),
      state: z.looseObject({ current: z.unknown() }).nullish(),
      time: z.looseObject({ start: z.unknown(), end: z.unknown() }).nullish(),
      tres: z
        .looseObject({
          allocated: z
            .array(z.looseObject({ type: z.unknown(), name: z.unknown(), count: z.unknown() }))
            .nullish(),
        })
        .nullish(),
    }),
  ),
});

function parseJson(text: string): Job[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected sacct --json, got text that is no JSON", {
      cause,
    });
  }
  const parsed = sacctSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const message = `expected a list of jobs of sacct --json, got: ${issue?.message}`;
    throw new EvidenceError("malformed-file", message, { place: issue?.path.join(".") || "jobs" });
  }
  return parsed.data.jobs.map((job, i) => {
    const place = `jobs.${i}`;
    const current = job.state?.current;
    const gres = (job.tres?.allocated ?? []).filter(
      (item) => item.type === "gres" && String(item.name).startsWith("gpu"),
    );
    const tres = gres.map((item) => `gres/${String(item.name)}=${String(item.count)}`).join(",");
    return {
      id: String(job.job_id),
      account: String(job.account ?? ""),
      state: String(Array.isArray(current) ? current[0] : current).toUpperCase(),
      start: unixInstant(job.time?.start, place),
      end: unixInstant(job.time?.end, place),
      accelerators: acceleratorsOf(tres, place),
    };
  });
}

function unixInstant(seconds: unknown, place: string): string {
  if (
    typeof seconds !== "number" ||
    !Number.isSafeInteger(seconds) ||
    seconds < 0 ||
    seconds > 1e11
  ) {
    throw new EvidenceError("malformed-file", `expected unix seconds, got ${String(seconds)}`, {
      place,
    });
  }
  return new Date(seconds * 1000).toISOString();
}
