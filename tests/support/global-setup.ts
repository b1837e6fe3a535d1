import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { standstill } from "./standstill.ts";

/** Plays the example once for all tests; each test copies what it changes. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "standstill-example-"));
  const { code, stdout, stderr } = await standstill([
    "up",
    "--once",
    "--json",
    "--data",
    directory,
  ]);
  if (code !== 0)
    throw new Error(`expected the example to be played, got exit code ${code}: ${stderr}`);
  project.provide("exampleDirectory", directory);
  project.provide("exampleAnswer", stdout);
  return () => rm(directory, { recursive: true });
}

declare module "vitest" {
  export interface ProvidedContext {
    /** Data directory of the played example. */
    exampleDirectory: string;
    /** What `standstill up --once --json` printed. */
    exampleAnswer: string;
  }
}
