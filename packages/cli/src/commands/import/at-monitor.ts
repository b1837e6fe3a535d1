import { z } from "zod";
import type { NamedFile } from "../../command/format.ts";
import { checked, unpackedBytesOf } from "../../named-file.ts";
import { UsageError } from "../../output.ts";
import type { Described } from "./described.ts";

const statusSchema = z.looseObject({ site: z.string() });
const answerSchema = z.record(z.string(), z.unknown());
const TO_DO = "Stop the monitor and run the command again, or mend the file.";

/** What is given to a monitor with each file. */
export interface Handed {
  readonly site: string | undefined;
  readonly format: string;
  /** How a table or a log of another system fits. */
  readonly map: unknown;
}

/** Gives files to a monitor that runs on the directory which they are for. */
export async function giveToMonitor(
  address: string,
  files: readonly NamedFile[],
  { site, format, map }: Handed,
): Promise<Described[]> {
  await refuseOtherSite(address, site);
  const asked = new URLSearchParams({ format });
  if (map !== undefined) asked.set("map", JSON.stringify(map));
  const told: Described[] = [];
  for (const file of files) {
    const answer = await give(`${address}api/import?${asked}`, file, address);
    told.push({ file: file.path, monitor: address, ...answer });
  }
  return told;
}

async function give(url: string, file: NamedFile, address: string): Promise<Described> {
  const body = new Uint8Array(await unpackedBytesOf(file));
  const response = await fetch(url, { method: "POST", body });
  const answer = await response.text();
  if (response.ok) return checked(parsed(answer), answerSchema, `an answer of ${address}`, TO_DO);
  throw new UsageError(
    `expected the monitor at ${address} to take ${file.path} in, got ${response.status}: ${answer.trim()}`,
    TO_DO,
  );
}

async function refuseOtherSite(address: string, site: string | undefined): Promise<void> {
  const answer = await fetch(`${address}api/status`).then(
    (response) => response.text(),
    () => undefined,
  );
  if (answer === undefined) {
    throw new UsageError(
      `expected the monitor at ${address} to answer, got nothing, though a process has the directory`,
      "Wait until that process is ready, or stop it and run the command again.",
    );
  }
  const status = checked(parsed(answer), statusSchema, `the status of ${address}`, TO_DO);
  if (status.site === site) return;
  throw new UsageError(
    `expected files for ${status.site}, whose monitor runs on that directory, got some for ${site}`,
    "Name that site with --site, or another directory with --data.",
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Whoever answers there is no monitor; the schema refuses it.
    return undefined;
  }
}
