import { there } from "@standstill/record";
import { FIRST_HASH, hashWith } from "@standstill/statistics";
import { EvidenceError } from "../../error.ts";

/**
 * Numbers of series by the bytes of their labels as they came, so that a series that was seen before costs a hash and a
 * comparison and no text. Open addressing; the bytes are compared, so that equal hashes do not mix series up.
 */
export class SeriesCache {
  #slots = new Int32Array(4096);
  #hashes = new Uint32Array(1024);
  #ends = new Float64Array(1024);
  #numbers = new Int32Array(1024);
  #bytes = new DataView(new ArrayBuffer(1 << 16));
  #length = 0;
  /** For each entry the one that came after it last time. */
  #followers = new Int32Array(1024);
  #last = 0;

  /** The number kept for bytes, or `undefined`. */
  get(bytes: DataView, from: number, to: number): number | undefined {
    // Senders tell series in the same order each time: the one that followed last time is looked at first.
    const guess = there(this.#followers[this.#last]);
    if (this.#isAt(guess, bytes, from, to)) {
      this.#last = guess;
      return there(this.#numbers[guess]);
    }
    const slot = this.#slotOf(bytes, from, to, hashOf(bytes, from, to));
    const entry = there(this.#slots[slot]) - 1;
    if (entry < 0) return undefined;
    this.#followers[this.#last] = entry;
    this.#last = entry;
    return there(this.#numbers[entry]);
  }

  /** Keeps a number for bytes that have none. */
  set(bytes: DataView, from: number, to: number, number: number): void {
    const start = this.#startOf(this.#length);
    const end = start + to - from;
    if (this.#length === MOST_SERIES || end > MOST_BYTES) {
      const message = `expected at most ${MOST_SERIES} series from one sender, got more; leave out metrics that nobody needs`;
      throw new EvidenceError("limit-exceeded", message);
    }
    if (this.#length === this.#numbers.length) this.#growEntries();
    if (end > this.#bytes.byteLength) this.#growBytes(end);
    const hash = hashOf(bytes, from, to);
    for (let at = from; at < to; at++) this.#bytes.setUint8(start + at - from, bytes.getUint8(at));
    this.#hashes[this.#length] = hash;
    this.#ends[this.#length] = end;
    this.#numbers[this.#length] = number;
    this.#slots[this.#slotOf(bytes, from, to, hash)] = this.#length + 1;
    this.#length++;
    if (this.#length * 2 > this.#slots.length) this.#growSlots();
  }

  #startOf(entry: number): number {
    return entry === 0 ? 0 : there(this.#ends[entry - 1]);
  }

  #slotOf(bytes: DataView, from: number, to: number, hash: number): number {
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = there(this.#slots[slot]) - 1;
      if (entry < 0) return slot;
      if (this.#hashes[entry] === hash && this.#isAt(entry, bytes, from, to)) return slot;
    }
  }

  #isAt(entry: number, bytes: DataView, from: number, to: number): boolean {
    if (entry >= this.#length) return false;
    const start = this.#startOf(entry);
    if (there(this.#ends[entry]) - start !== to - from) return false;
    return isSame(bytes, from, to, this.#bytes, start);
  }

  #growEntries(): void {
    const length = this.#numbers.length * 2;
    const followers = new Int32Array(length);
    followers.set(this.#followers);
    this.#followers = followers;
    const [hashes, ends, numbers] = [
      new Uint32Array(length),
      new Float64Array(length),
      new Int32Array(length),
    ];
    hashes.set(this.#hashes);
    ends.set(this.#ends);
    numbers.set(this.#numbers);
    [this.#hashes, this.#ends, this.#numbers] = [hashes, ends, numbers];
  }

  #growBytes(needed: number): void {
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.byteLength * 2));
    bytes.set(new Uint8Array(this.#bytes.buffer));
    this.#bytes = new DataView(bytes.buffer);
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let entry = 0; entry < this.#length; entry++) {
      let slot = there(this.#hashes[entry]) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = entry + 1;
    }
    this.#slots = slots;
  }
}

/** Series that one sender may bring; who has more gets an error instead of all memory. */
const MOST_SERIES = 4_000_000;
const MOST_BYTES = 1 << 30;

function isSame(a: DataView, from: number, to: number, b: DataView, start: number): boolean {
  const shift = start - from;
  let at = from;
  for (; at + 4 <= to; at += 4) if (a.getInt32(at) !== b.getInt32(at + shift)) return false;
  for (; at < to; at++) if (a.getUint8(at) !== b.getUint8(at + shift)) return false;
  return true;
}

/** As FNV-1a, four bytes at a time, stirred in between. Not against an adversary: who sends chosen labels slows its own feed. */
function hashOf(bytes: DataView, from: number, to: number): number {
  let hash = FIRST_HASH;
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = hashWith(hash, bytes.getInt32(at));
    hash ^= hash >>> 13;
  }
  for (; at < to; at++) hash = hashWith(hash, bytes.getUint8(at));
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) >>> 0;
}
