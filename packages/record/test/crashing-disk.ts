import { dirname } from "node:path";
import type { Disk, DiskFile } from "@standstill/record/files";

/** Content of a file as programs see it, and as it would be after a power loss. */
interface Inode {
  cached: Uint8Array;
  durable: Uint8Array;
}

/** What a disk does at its n-th step: nothing more ever (the process or the power is gone), or that step fails. */
export type Fault = "crash" | "full";
/** What is left after a crash: all that was written (`process`), or what was synced and some of the rest (`power`). */
export type Loss = "process" | "power";

/**
 * A disk in memory that stops at a chosen step. Every operation has several steps, some of them in its middle, so that
 * files are torn and names are half changed. After a power loss unsynced content is cut anywhere, and each unsynced name
 * has or has not changed, as the seed decides.
 */
export class CrashingDisk implements Disk {
  steps = 0;
  #stopAt = Number.POSITIVE_INFINITY;
  #fault: Fault = "crash";
  #names = new Map<string, Inode | "directory">([["/", "directory"]]);
  #durable = new Map<string, Inode | "directory">([["/", "directory"]]);

  /** Stops at the step with this number, counted from now. */
  stopAt(step: number, fault: Fault): void {
    this.steps = 0;
    this.#stopAt = step;
    this.#fault = fault;
  }

  /** Whether the fault has come. */
  get isStopped(): boolean {
    return this.steps > this.#stopAt;
  }

  /** The disk as the next process finds it. */
  survivor(loss: Loss, seed: number): CrashingDisk {
    const next = new CrashingDisk();
    const random = generator(seed);
    const copies = new Map<Inode, Inode>();
    const copy = (inode: Inode): Inode => {
      const known = copies.get(inode);
      if (known !== undefined) return known;
      const content = loss === "process" ? inode.cached : torn(inode, random);
      const made = { cached: content, durable: content };
      copies.set(inode, made);
      return made;
    };
    for (const path of [...new Set([...this.#names.keys(), ...this.#durable.keys()])].sort()) {
      const isCached = loss === "process" || random() < 0.5;
      const item = (isCached ? this.#names : this.#durable).get(path);
      if (item === undefined || (path !== "/" && !next.#names.has(dirname(path)))) continue;
      const kept = item === "directory" ? item : copy(item);
      next.#names.set(path, kept);
      next.#durable.set(path, kept);
    }
    return next;
  }

  async read(path: string): Promise<Uint8Array | undefined> {
    const found = this.#names.get(path);
    return found === undefined || found === "directory" ? undefined : found.cached.slice();
  }

  async list(directory: string): Promise<string[]> {
    return [...this.#names]
      .filter(([path, item]) => path.startsWith(`${directory}/`) && item !== "directory")
      .map(([path]) => path.slice(directory.length + 1))
      .sort();
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#step();
    const inode: Inode = { cached: new Uint8Array(0), durable: new Uint8Array(0) };
    this.#set(path, inode);
    this.#step();
    inode.cached = bytes.slice(0, bytes.length >> 1);
    this.#step();
    inode.cached = bytes.slice();
    this.#step();
    inode.durable = inode.cached;
    this.#step();
  }

  async rename(from: string, to: string): Promise<void> {
    this.#step();
    const found = this.#names.get(from);
    if (found === undefined) throw coded("ENOENT");
    this.#set(to, found);
    this.#names.delete(from);
    this.#step();
  }

  async link(from: string, to: string): Promise<void> {
    this.#step();
    if (this.#names.has(to)) throw coded("EEXIST");
    this.#set(to, this.#names.get(from) as Inode);
    this.#step();
  }

  async remove(path: string): Promise<void> {
    this.#step();
    for (const name of [...this.#names.keys()]) {
      if (name !== path && !name.startsWith(`${path}/`)) continue;
      this.#names.delete(name);
      this.#step();
    }
  }

  async makeDirectory(path: string): Promise<void> {
    if (this.#names.has(path)) return;
    await this.makeDirectory(dirname(path));
    this.#step();
    this.#names.set(path, "directory");
  }

  async syncDirectory(path: string): Promise<void> {
    this.#step();
    for (const name of [...this.#durable.keys()]) {
      if (dirname(name) === path && name !== "/" && !this.#names.has(name)) {
        this.#durable.delete(name);
      }
    }
    for (const [name, item] of this.#names) {
      if (dirname(name) === path) this.#durable.set(name, item);
    }
    this.#step();
  }

  async create(path: string): Promise<DiskFile> {
    this.#step();
    if (this.#names.has(path)) throw coded("EEXIST");
    const inode: Inode = { cached: new Uint8Array(0), durable: new Uint8Array(0) };
    this.#set(path, inode);
    let isOpen = true;
    const checkOpen = () => {
      if (!isOpen) throw coded("EBADF");
    };
    return {
      append: async (bytes) => {
        checkOpen();
        for (const part of [bytes.slice(0, bytes.length >> 1), bytes.slice(bytes.length >> 1)]) {
          this.#step();
          inode.cached = Uint8Array.from([...inode.cached, ...part]);
        }
        this.#step();
      },
      sync: async () => {
        checkOpen();
        this.#step();
        inode.durable = inode.cached;
        this.#step();
      },
      close: async () => {
        isOpen = false;
      },
    };
  }

  /** Puts content there as another program might have. */
  plant(path: string, bytes: Uint8Array): void {
    this.#names.set(path, { cached: bytes, durable: bytes });
  }

  #set(path: string, item: Inode | "directory"): void {
    if (this.#names.get(dirname(path)) !== "directory") throw coded("ENOENT");
    this.#names.set(path, item);
  }

  #step(): void {
    const at = this.steps++;
    if (this.#fault === "crash" ? at >= this.#stopAt : at === this.#stopAt) {
      throw coded(this.#fault === "crash" ? "CRASHED" : "ENOSPC");
    }
  }
}

function torn({ cached, durable }: Inode, random: () => number): Uint8Array {
  if (cached === durable) return cached;
  return cached.slice(
    0,
    durable.length + Math.floor(random() * (cached.length - durable.length + 1)),
  );
}

function coded(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A small generator of numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 4_294_967_296;
  };
}
