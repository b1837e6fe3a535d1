import { there } from "@standstill/record";
import { QUANTITIES } from "../readings/quantities.ts";
import { type Samples, SamplesBuilder } from "../readings/samples.ts";
import { type Series, SeriesTable } from "../readings/series.ts";
import type { FeedMap } from "./feed-map.ts";
import { Quarantine } from "./quarantine.ts";

/** Prometheus writes this NaN where a series ended: no reading, and nothing wrong. */
export const STALE_HIGH = 0x7ff00000;
/** Its lower half. */
export const STALE_LOW = 0x00000002;
/** DCGM's integers from here on mean that there is no value (dcgm_structs.h, blank values). */
const BLANK_FROM = Number(0x7ffffffffffffff0n);

/** A series that nobody asked for. */
export const UNWANTED = -1;

/** How far a reading's time may lie from now, in milliseconds. */
export interface TimeLimits {
  readonly beforeMs: number;
  readonly afterMs: number;
}

/** Where readings of all formats come together: their series found, their values made whole and looked at. */
export class Receiver {
  readonly table: SeriesTable;
  readonly quarantine = new Quarantine();
  /** Readings that carry no value because their series ended. */
  stale = 0;
  /** Readings of metrics that nobody asked for. */
  unwanted = 0;
  readonly #site: string;
  readonly #feed: string;
  readonly #map: FeedMap;
  readonly #builder = new SamplesBuilder(4096);
  #scales = new Float64Array(1024);
  #mosts = new Float64Array(1024);
  #earliest = 0;
  #latest = Number.POSITIVE_INFINITY;

  constructor(site: string, feed: string, map: FeedMap, table = new SeriesTable()) {
    this.#site = site;
    this.#feed = feed;
    this.#map = map;
    this.table = table;
  }

  /** Sets within which readings are likely, from now on. */
  at(nowMs: number, { beforeMs, afterMs }: TimeLimits): void {
    this.#earliest = nowMs - beforeMs;
    this.#latest = nowMs + afterMs;
  }

  /** The number of a metric's series, or `UNWANTED`. */
  resolve(metric: string, labels: ReadonlyMap<string, string>): number {
    const found = this.#map.find(metric, labels);
    if (found === undefined) return UNWANTED;
    const { rule, device } = found;
    return this.series({ device, quantity: rule.quantity }, rule.scale);
  }

  /** The number of a series of this site and feed whose values come in a unit of so many of the quantity's. */
  series(of: Pick<Series, "device" | "quantity">, scale: number): number {
    const number = this.table.numberOf({ site: this.#site, feed: this.#feed, ...of });
    while (number >= this.#scales.length) this.#grow();
    this.#scales[number] = scale;
    this.#mosts[number] = QUANTITIES[of.quantity].most;
    return number;
  }

  /** Takes a reading in, or sets it aside with the reason. */
  add(series: number, timeMs: number, value: number): void {
    if (series === UNWANTED) {
      this.unwanted++;
      return;
    }
    const scaled = Math.round(value * there(this.#scales[series]));
    if (
      scaled >= 0 &&
      scaled <= there(this.#mosts[series]) &&
      timeMs >= this.#earliest &&
      timeMs <= this.#latest
    ) {
      this.#builder.add(series, timeMs, scaled);
    } else this.#setAside(series, timeMs, value, scaled);
  }

  /** Readings taken in since they were last taken out. */
  get length(): number {
    return this.#builder.length;
  }

  /** Does work that takes readings in; where it fails, none of them stays. */
  attempt<Result>(work: () => Result): Result {
    const before = this.#builder.length;
    try {
      return work();
    } catch (error) {
      this.#builder.length = before;
      throw error;
    }
  }

  /** Takes out what was taken in. */
  take(): Samples {
    return this.#builder.take();
  }

  #setAside(series: number, timeMs: number, value: number, scaled: number): void {
    const where = () => {
      const { device, quantity } = there(this.table.get(series));
      return `${quantity} of ${device} at ${timeMs} ms: ${value}`;
    };
    if (Number.isNaN(value)) this.quarantine.add("not-a-number", where);
    else if (value >= BLANK_FROM) this.quarantine.add("blank", where);
    else if (scaled < 0) this.quarantine.add("negative", where);
    else if (!(scaled <= there(this.#mosts[series]))) this.quarantine.add("too-large", where);
    else this.quarantine.add("time-unlikely", where);
  }

  #grow(): void {
    const [scales, mosts] = [
      new Float64Array(this.#scales.length * 2),
      new Float64Array(this.#mosts.length * 2),
    ];
    scales.set(this.#scales);
    mosts.set(this.#mosts);
    [this.#scales, this.#mosts] = [scales, mosts];
  }
}
