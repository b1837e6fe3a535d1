import { cp, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { packagesOfRules } from "../../packages/server/src/rules-id.ts";
import { has, root } from "../setup/run.mjs";
import { powersOf, refusalsOf } from "./check.mjs";
import { FLOORS, NEVER, POWERS, TRUSTED } from "./floors.mjs";
import { readTree } from "./tree.mjs";

const project = fileURLToPath(root);
const packages = FLOORS.flat();

/** Ways to each power that somebody may try, a file of source each. */
const WAYS: Readonly<Record<string, readonly string[]>> = {
  files: [
    `import { readFileSync } from "node:fs";\nexport const planted = () => readFileSync("/etc/passwd");`,
    `export const planted = () => import("node:fs/promises");`,
    `import * as files from "node:fs";\nexport class Planted { read = () => files.readdirSync("/"); }`,
    `import { localDisk } from "@standstill/record/files";\nexport const planted = () => localDisk;`,
    `export { localDisk as planted } from "@standstill/record/files";\nimport { localDisk } from "@standstill/record/files";\nexport const open = [localDisk];`,
  ],
  network: [
    `export const planted = () => fetch("https://example.org");`,
    `export const planted = (get = globalThis.fetch) => get("https://example.org");`,
    `const { fetch: get } = globalThis;\nexport const planted = () => get("https://example.org");`,
    `export const planted = () => new WebSocket("wss://example.org");`,
    `import { connect } from "node:net";\nexport const planted = () => connect(1);`,
    `import { httpCosigner } from "@standstill/record";\nexport const planted = httpCosigner;`,
    `import { createClient } from "@clickhouse/client";\nexport const planted = () => createClient();`,
  ],
  clock: [
    `export const planted = () => Date.now();`,
    `export const planted = () => new Date().toISOString();`,
    `export const planted = () => Date();`,
    `export const planted = () => performance.now();`,
    `const { now } = Date;\nexport const planted = now;`,
    `const Clock = Date;\nexport const planted = () => new Clock();`,
    `import { performance as clock } from "node:perf_hooks";\nexport const planted = () => clock.now();`,
  ],
  timers: [
    `export const planted = () => setTimeout(() => {}, 1);`,
    `export const planted = () => AbortSignal.timeout(1);`,
    `import { setTimeout as wait } from "node:timers/promises";\nexport const planted = () => wait(1);`,
  ],
  randomness: [
    `export const planted = () => Math.random();`,
    `export const planted = () => Math["random"]();`,
    `export const planted = () => crypto.getRandomValues(new Uint8Array(1));`,
    `export const planted = () => globalThis.crypto.randomUUID();`,
    `import { randomBytes } from "node:crypto";\nexport const planted = () => randomBytes(1);`,
    `import { generateSigningKey } from "@standstill/record";\nexport const planted = () => generateSigningKey();`,
  ],
  node: [
    `export const planted = () => process.env.HOME;`,
    `export const planted = () => Buffer.from("");`,
    `import { cpus } from "node:os";\nexport const planted = cpus;`,
    `import "node:inspector";`,
    `export const planted = (name: string) => import(name);`,
  ],
  locale: [
    `export const planted = (a: string, b: string) => a.localeCompare(b);`,
    `export const planted = (a: number) => a.toLocaleString();`,
    `export const planted = (a: Date) => a.getHours();`,
    `export const planted = new Intl.NumberFormat();`,
  ],
  rounding: [
    `export const planted = (a: number) => a ** 0.5;`,
    `export const planted = (a: number) => { let b = a; b **= 2; return b; };`,
    `export const planted = (a: number) => Math.exp(a);`,
    `const { log } = Math;\nexport const planted = log;`,
    `const numbers = Math;\nexport const planted = numbers.sin;`,
    `export const planted = [1, 2].map(Math.log2);`,
  ],
  page: [`export const planted = () => document.title;`, `export const planted = () => window;`],
  threads: [`export const planted = () => new Worker("");`],
  place: [`export const planted = import.meta.url;`],
  unknown: [
    `export const planted = () => eval("1");`,
    `export const planted = new Function("return process");`,
    `export const planted = () => Temporal.Now.instant();`,
    `import { spawn } from "nobody-knows-this";\nexport const planted = spawn;`,
  ],
};

const GATE = "packages/gate/src";
const COMPONENT = "packages/dashboard/src/parts/planted.tsx";
/** What shows one thing each, beside the ways to powers and the arrows of every package. */
const SHOWN: Readonly<Record<string, string>> = {
  [COMPONENT]: `import { serve } from "@standstill/server";\nexport const Planted = () => <p>{String(serve)}</p>;`,
  [`${GATE}/planted-ask.ts`]: `import { httpCosigner as other } from "@standstill/record";\nfunction inner() { return other; }\nexport function ask() { return inner(); }`,
  [`${GATE}/planted-hash.ts`]: `import { sha256 } from "@standstill/record";\nexport const planted = () => sha256;`,
  [`${GATE}/planted-a.ts`]: `import type { B } from "./planted-b.ts";\nexport type A = B;`,
  [`${GATE}/planted-b.ts`]: `import type { A } from "./planted-a.ts";\nexport type B = A;`,
  [`${GATE}/planted-path.ts`]: `import "../../record/src/index.ts";`,
  [`${GATE}/planted-nowhere.ts`]: `import "@standstill/record/nowhere";`,
  [`${GATE}/planted-innocent.ts`]: [
    `export const exact = (a: number) => Math.sqrt(Math.max(a, 0)) * Math.PI;`,
    `export const long = 10n ** 20n;`,
    `export const told = (at: string | number) => new Date(at).toISOString();`,
    `export const handedIn = (fetch: (url: string) => string, process: { env: string }) => fetch(process.env);`,
    `export const read = Date.parse("2026-01-01T00:00:00Z");`,
    `export type Clock = typeof Date.now & typeof fetch;`,
  ].join("\n"),
};

describe("the fence", () => {
  it("lets the house pass as it is", () => {
    expect(refusalsOf(readTree(project))).toEqual([]);
  });

  const planted = new Map(Object.entries(SHOWN));
  const plant = (name: string, text: string) => {
    const path = `packages/${name}/src/planted-${planted.size}.${planted.size % 2 === 0 ? "ts" : "tsx"}`;
    planted.set(path, text);
    return path;
  };
  const plants: { what: string; name: string; path: string; line: string }[] = [];
  for (const name of packages) {
    const mine = powersOf(`packages/${name}/src/planted.ts`);
    for (const [power, ways] of Object.entries(WAYS)) {
      if (mine.has(power)) continue;
      for (const text of ways) {
        // Who stands below the record has no arrow to it.
        if (name === "record" && text.includes("@standstill/record")) continue;
        plants.push({ what: power, name, path: plant(name, text), line: text });
      }
    }
    for (const to of notBelow(name)) {
      for (const text of [
        `import { one } from "@standstill/${to}";\nexport const planted = one;`,
        `import type { One } from "@standstill/${to}";\nexport type Planted = One;`,
        `export * from "@standstill/${to}";`,
        `export type Planted = import("@standstill/${to}").One;`,
        `export const planted = () => import("@standstill/${to}");`,
      ])
        plants.push({ what: `an arrow to ${to}`, name, path: plant(name, text), line: text });
    }
  }
  const refusals = refusalsOf(readTree(project, planted));
  const refusedAt = (path: string) => refusals.filter((refusal) => refusal.startsWith(`${path}:`));

  it.each(packages)("refuses every power and arrow that %s must not have", (name) => {
    const missed = plants
      .filter((one) => one.name === name)
      .filter(({ path }) => refusedAt(path).length === 0);
    expect(missed).toEqual([]);
    if (name !== "cli") expect(plants.filter((one) => one.name === name).length).toBeGreaterThan(4);
  });

  it("plants in every pure package a file system, a network, a clock, randomness and inexact arithmetic", () => {
    const asked = ["files", "network", "clock", "randomness", "rounding"];
    const judged = ["agreement", "evidence", "statistics", "verification", "indicators", "gate"];
    for (const name of [...judged, "adjudication", "replay", "views", "audit"]) {
      const tried = new Set(plants.filter((one) => one.name === name).map(({ what }) => what));
      expect([...tried], name).toEqual(expect.arrayContaining(asked));
    }
  });

  it("refuses a page's component that imports the server", () => {
    expect(refusedAt(COMPONENT)).toContainEqual(
      expect.stringContaining(`${COMPONENT}:1: dashboard imports server`),
    );
  });

  it("finds a power that is reached through what is called, and tells the way to it", () => {
    expect(refusedAt(`${GATE}/planted-ask.ts`).join()).toContain(
      "planted-ask.ts:inner → record/witness/witness-client.ts:httpCosigner (fetch)",
    );
    expect(refusedAt(`${GATE}/planted-hash.ts`)).toEqual([]);
  });

  it("refuses files that import each other in a circle, types included", () => {
    const circles = refusals.filter((refusal) => refusal.includes("in a circle"));
    expect(circles).toEqual([expect.stringContaining(`${GATE}/planted-b.ts`)]);
    expect(circles).toEqual([expect.stringContaining(`${GATE}/planted-a.ts`)]);
  });

  it("refuses a way around the entry of a package, and what is not there", () => {
    expect(refusedAt(`${GATE}/planted-path.ts`)).toEqual([expect.stringContaining("by a path")]);
    expect(refusedAt(`${GATE}/planted-nowhere.ts`)).toEqual([
      expect.stringContaining("nothing is found"),
    ]);
  });

  it("lets pass what only computes", () => {
    expect(refusedAt(`${GATE}/planted-innocent.ts`)).toEqual([]);
  });

  it("is what `npm run check:house` asks", async () => {
    const copy = await mkdtemp(join(tmpdir(), "standstill-fence-"));
    try {
      for (const name of await readdir(join(project, "packages"))) {
        const from = join(project, "packages", name);
        const to = join(copy, "packages", name);
        await cp(join(from, "src"), join(to, "src"), { recursive: true });
        await cp(join(from, "package.json"), join(to, "package.json"));
      }
      const check = [join(project, "scripts", "house.mjs"), copy];
      expect(await has(process.execPath, check)).toBe(true);
      await writeFile(
        join(copy, "packages/views/src/planted.ts"),
        "export const now = Date.now;\n",
      );
      expect(await has(process.execPath, check)).toBe(false);
    } finally {
      await rm(copy, { recursive: true });
    }
  });

  it("gives powers only to places that there are", () => {
    const paths = [...readTree(project).files.keys()];
    for (const [name, places] of Object.entries(POWERS))
      for (const place of Object.keys(places)) {
        const start = `packages/${name}/src/${place}`;
        expect(
          paths.some((path) => path.startsWith(start)),
          start,
        ).toBe(true);
      }
    for (const place of Object.keys(TRUSTED))
      expect(
        paths.some((path) => path.startsWith(place)),
        place,
      ).toBe(true);
  });

  it("every arrow that is refused by name would be let through by the floors", () => {
    for (const { from, to } of NEVER)
      for (const name of to) expect(notBelow(from, false)).not.toContain(name);
  });

  it("a snapshot is bound to the code of every package that decides what entries come to", async () => {
    const tree = readTree(project);
    const found = new Set(["replay"]);
    for (const name of found) {
      for (const [path, { imports }] of tree.files) {
        if (!path.startsWith(`packages/${name}/`)) continue;
        for (const { from, isType } of imports)
          if (!isType && from.startsWith("@standstill/")) found.add(from.split("/")[1] as string);
      }
    }
    expect(await packagesOfRules()).toEqual([...found].sort().map((name) => `@standstill/${name}`));
  });
});

/** Packages that a package must not import, by the floors, and by name too unless that is left out. */
function notBelow(name: string, byNameToo = true): readonly string[] {
  const floor = FLOORS.findIndex((one) => one.includes(name));
  const byFloor = FLOORS.slice(floor).flat();
  const byName = NEVER.filter(({ from }) => byNameToo && from === name).flatMap(({ to }) => to);
  return [...byFloor, ...byName].filter((one) => one !== name);
}
