import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parseDraft } from "@standstill/agreement";
import { drillReport, playDrill } from "@standstill/simulation";
import { inFile } from "../agreement-file.ts";
import { EXIT } from "../exit-codes.ts";
import { readNamed } from "../files.ts";
import { json, type Terminal, UsageError } from "../output.ts";

const EXAMPLE = fileURLToPath(new URL("../../../../agreements/example.yaml", import.meta.url));

/** Options of `standstill drill`. */
export interface DrillOptions {
  readonly out?: string;
  readonly json: boolean;
}

/** `standstill drill`: rehearses a pause from the tripwire to the lifting on the example, and reports it. */
export async function drillCommand(options: DrillOptions, terminal: Terminal): Promise<number> {
  const text = new TextDecoder().decode(await readNamed(EXAMPLE, "the example"));
  const draft = inFile(EXAMPLE, () => parseDraft(text));
  const drill = await playDrill(draft, (what) => terminal.err(`${what} …`));
  const report = options.json ? json(drill) : drillReport(drill);
  if (options.out === undefined) terminal.out(report.trimEnd());
  else {
    await writeFile(options.out, report).catch((error: NodeJS.ErrnoException) => {
      throw new UsageError(
        `expected a place that can be written at ${options.out}, got ${error.code}`,
        "Give --out a file in a folder that exists.",
      );
    });
    terminal.out(`The report is in ${options.out}.`);
  }
  return drill.isReplayed ? EXIT.ok : EXIT.altered;
}
