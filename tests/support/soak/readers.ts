import {
  canonicalJson,
  leafHash,
  type Policy,
  parseTlogProof,
  there,
  utf8,
  verifyTlogProof,
} from "@standstill/record";
import { standstill } from "../standstill.ts";
import type { Soak } from "./soak.ts";

const PAGES = [
  "api/round",
  "api/statements?limit=100",
  "api/schemas",
  "api/log",
  "api/sites",
  "feed.atom",
];

/** Whoever reads: of a keeper and of a mirror, which must never show two histories or go back. */
export class Readers {
  readonly #policy: Policy;
  readonly #soak: Soak;
  /** Root of each size that anybody was shown. */
  readonly #roots = new Map<number, string>();
  readonly #largest = new Map<string, number>();

  constructor(policy: Policy, soak: Soak) {
    this.#policy = policy;
    this.#soak = soak;
  }

  /** Reads checkpoints, proofs and pages of one address until the time is up. */
  async readOn(who: string, url: string): Promise<void> {
    while (!this.#soak.isOver()) {
      await this.#soak.tried(`${who} read`, async () => {
        await this.checkpoint(who, url);
        // The file of the checkpoint is there a moment before those who answer know of it.
        const { published } = await (await read(`${url}api/log`)).json();
        await this.#prove(url, this.#soak.random.below(published));
        const page = there(PAGES[this.#soak.random.below(PAGES.length)]);
        await (await read(url + page)).arrayBuffer();
      });
      await this.#soak.wait(this.#soak.random.below(100));
    }
  }

  /** How many entries the checkpoint that is shown covers; two of one size have one root, and none is smaller than one before. */
  async checkpoint(who: string, url: string): Promise<number> {
    const response = await read(`${url}record/checkpoint`);
    const [, told = "", root = ""] = (await response.text()).split("\n");
    const size = Number(told);
    if ((this.#roots.get(size) ?? root) !== root)
      this.#soak.problems.push(`two roots of size ${size}`);
    this.#roots.set(size, root);
    const before = this.#largest.get(who) ?? 0;
    if (size < before) this.#soak.problems.push(`${who} went back from ${before} to ${size}`);
    this.#largest.set(who, size);
    return size;
  }

  /** A doubter audits over the network again and again, each time from where it was. */
  async auditOn(url: string, policy: string, snapshot: string): Promise<void> {
    while (!this.#soak.isOver()) {
      await this.#soak.wait(20_000);
      const words = ["audit", url, "--policy", policy, "--snapshot", snapshot, "--json"];
      const { code, stdout, stderr } = await standstill(words);
      if (code === 0) this.#soak.count("audit over HTTP");
      else if (code === 2) this.#soak.count("audit over HTTP, in vain");
      else this.#soak.problems.push(`audit over HTTP ended with ${code}: ${stdout}${stderr}`);
    }
  }

  async #prove(url: string, index: number): Promise<void> {
    const statement = `${url}api/statements/${index}`;
    const proof = new Uint8Array(await (await read(`${statement}/proof`)).arrayBuffer());
    const { entry } = await (await read(statement)).json();
    verifyTlogProof(parseTlogProof(proof), leafHash(utf8(canonicalJson(entry))), this.#policy);
  }
}

async function read(url: string): Promise<Response> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) });
  if (response.ok) return response;
  throw new Error(`expected ${url}, got ${response.status} ${await response.text()}`);
}
