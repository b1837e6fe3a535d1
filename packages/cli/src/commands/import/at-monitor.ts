import { readBytes } from "@standstill/evidence/bundle";
import type { Described } from "@standstill/operation/files";
import type { MonitorClient } from "@standstill/server";
import { UsageError } from "../../output.ts";

/** Gives files to the monitor that runs on the directory which they are for. */
export async function giveToMonitor(
  monitor: MonitorClient,
  files: readonly string[],
  { site, format, map }: { readonly site: string; readonly format: string; readonly map: unknown },
): Promise<Described[]> {
  const its = await monitor.site();
  if (its !== site)
    throw new UsageError(
      `expected files for ${its}, whose monitor runs on that directory, got some for ${site}`,
      "Name that site with --site, or another directory with --data.",
    );
  const told: Described[] = [];
  for (const file of files) {
    const answer = await monitor.give(format, await readBytes(file), map);
    told.push({ file, monitor: monitor.address, ...answer });
  }
  return told;
}
