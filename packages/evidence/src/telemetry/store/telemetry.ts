import { join } from "node:path";
import { reasonOf, SECOND_MS, there } from "@standstill/record";
import { type Disk, localDisk, makeDirectoryDurably, takeLock } from "@standstill/record/files";
import { EvidenceError } from "../../error.ts";
import { emptyQuantityWindows, type QuantityWindows } from "../../windows/quantity-windows.ts";
import type { Windows } from "../../windows/windows.ts";
import type { Quantity } from "../readings/quantities.ts";
import type { Period } from "../readings/readings.ts";
import type { Samples } from "../readings/samples.ts";
import type { Series, SeriesTable } from "../readings/series.ts";
import { ReadingsLog } from "./readings-log.ts";
import { joinSamples } from "./sample-blocks.ts";
import { SeriesFile } from "./series-file.ts";
import type { TelemetryStore } from "./telemetry-store.ts";

/** Where a site's telemetry lies, and what keeps it. */
export interface TelemetryOptions {
  readonly directory: string;
  readonly openStore: (directory: string) => Promise<TelemetryStore>;
  /** For tests of crashes; this machine's disk otherwise. */
  readonly disk?: Disk;
}

/** How much was taken in, and how far the engine is behind. */
export interface TelemetryStatus {
  readonly engine: TelemetryStore["engine"];
  readonly series: number;
  /** Readings acknowledged since the start, and those of them that the engine does not have yet. */
  readonly acknowledged: number;
  readonly waiting: number;
  readonly failure: EvidenceError | undefined;
}

/** Readings that are given to the engine at once at most, and that may wait for it. */
const AT_ONCE = 2_000_000;
const MOST_WAITING = 10_000_000;
/** The engine takes few large pieces far more cheaply than many small ones: it gets one this often, or when it is this large. */
const GATHER_MS = 5 * SECOND_MS;
const GATHERED = 1_000_000;

interface Waiting {
  readonly samples: Samples;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The telemetry of a directory: readings are acknowledged once they are in a synced log, and go to the engine after that. One
 * process owns the directory. After a failed write nothing more is acknowledged until a restart has looked.
 */
export class Telemetry {
  readonly #store: TelemetryStore;
  readonly #series: SeriesFile;
  readonly #log: ReadingsLog;
  readonly #lock: { release(): Promise<void> };
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  /** Acknowledged and not in the engine, with the segment of the log that holds them. */
  #queue: { readonly samples: Samples; readonly segment: number }[] = [];
  #queued = 0;
  #feeding: Promise<void> | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #acknowledged = 0;
  /** Series that the store was told of. */
  #defined = 0;
  #failure: EvidenceError | undefined;

  private constructor(
    store: TelemetryStore,
    series: SeriesFile,
    log: ReadingsLog,
    lock: { release(): Promise<void> },
  ) {
    this.#store = store;
    this.#series = series;
    this.#log = log;
    this.#lock = lock;
  }

  /** Opens a directory, and gives the engine what a crash kept from it. Refuses (`store-locked`) while another process has it. */
  static async open({
    directory,
    openStore,
    disk = localDisk,
  }: TelemetryOptions): Promise<Telemetry> {
    await makeDirectoryDurably(directory, disk);
    const lock = await takeLock(disk, join(directory, "lock"));
    let store: TelemetryStore | undefined;
    try {
      const series = await SeriesFile.open(directory, disk);
      store = await openStore(directory);
      const { append, define } = store;
      await define(0, series.table.from(0));
      const log = await ReadingsLog.open(join(directory, "log"), disk, async (parts) => {
        if (parts.length > 0) await append(joinSamples(parts));
      });
      const telemetry = new Telemetry(store, series, log, lock);
      telemetry.#defined = series.table.size;
      return telemetry;
    } catch (error) {
      await store?.close();
      await lock.release();
      throw error;
    }
  }

  /** The series that readings may name; a new one becomes durable with the first reading of it. */
  get table(): SeriesTable {
    return this.#series.table;
  }

  get status(): TelemetryStatus {
    return {
      engine: this.#store.engine,
      series: this.table.size,
      acknowledged: this.#acknowledged,
      waiting: this.#queued,
      failure: this.#failure,
    };
  }

  /** Whether too many readings wait for the engine, so that `accept` would refuse more. */
  get isBusy(): boolean {
    return this.#queued > MOST_WAITING;
  }

  /**
   * Takes readings in; durable when this resolves. Refuses (`store-busy`) while too many wait for the engine: whoever sent
   * them tries again.
   */
  accept(samples: Samples): Promise<void> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure);
    if (this.isBusy) {
      const message = `expected at most ${MOST_WAITING} readings waiting for the engine, got ${this.#queued}; try again in a second`;
      return Promise.reject(new EvidenceError("store-busy", message));
    }
    if (samples.series.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ samples, resolve, reject });
      this.#writing ??= this.#write();
    });
  }

  /** Resolves once the engine has everything that was acknowledged before. */
  async flushed(): Promise<void> {
    await this.#writing;
    // What the engine is being given has left the queue already.
    while (this.#feeding !== undefined || this.#queue.length > 0) {
      if (this.#failure !== undefined) break;
      this.#feeding ??= this.#feed();
      await this.#feeding;
    }
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Power windows of a site's listed devices in a period, as one feed tells them. */
  async windows(
    site: string,
    feed: string,
    devices: readonly string[],
    period: Period,
    windowMs: number,
  ): Promise<Windows> {
    await this.flushed();
    const known = devices.flatMap((device) => {
      const number = this.table.find({ site, device, quantity: "power", feed });
      return number === undefined ? [] : [{ device, number }];
    });
    const found = await this.#store.windows(
      known.map(({ number }) => number),
      known.map(({ device }) => device),
      period,
      windowMs,
    );
    return known.length === devices.length ? found : spread(found, devices);
  }

  /** Windows of a quantity of a site's listed devices in a period, as one feed tells them. */
  async quantityWindows(
    site: string,
    feed: string,
    quantity: Quantity,
    devices: readonly string[],
    period: Period,
    windowMs: number,
  ): Promise<QuantityWindows> {
    await this.flushed();
    const windows = emptyQuantityWindows(quantity, devices, period, windowMs);
    const rows = devices.flatMap((device, row) => {
      const series = this.table.find({ site, device, quantity, feed });
      return series === undefined ? [] : [{ series, row }];
    });
    await this.#store.fill(windows, rows, period);
    return windows;
  }

  /** Readings of one series in a period, by time. */
  async readings(of: Series, period: Period): Promise<Samples> {
    await this.flushed();
    const number = this.table.find(of);
    return this.#store.readings(number === undefined ? [] : [number], period);
  }

  /** Devices of a site that sent power readings in a period, sorted. */
  async devices(site: string, feed: string, period: Period): Promise<string[]> {
    await this.flushed();
    const ofSite = this.table
      .from(0)
      .filter((one) => one.site === site && one.feed === feed && one.quantity === "power");
    const numbers = ofSite.map((one) => there(this.table.find(one)));
    const present = await this.#store.present(numbers, period);
    return present.map((number) => there(this.table.get(number)).device).sort();
  }

  /** Gives the engine what waits, and closes. */
  async close(): Promise<void> {
    let isEmptied = false;
    clearTimeout(this.#gathering);
    try {
      await this.flushed();
      isEmptied = true;
    } finally {
      await this.#log.close(isEmptied);
      await this.#series.close();
      await this.#store.close();
      await this.#lock.release();
    }
  }

  async #write(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting;
      this.#waiting = [];
      try {
        if (this.#failure !== undefined) throw this.#failure;
        await this.#series.write();
        const segment = await this.#log.append(batch.map(({ samples }) => samples));
        for (const { samples, resolve } of batch) {
          this.#queue.push({ samples, segment });
          this.#queued += samples.series.length;
          this.#acknowledged += samples.series.length;
          resolve();
        }
        if (this.#queued >= GATHERED) this.#feeding ??= this.#feed();
        else this.#gather();
      } catch (cause) {
        this.#failure ??= failureOf(cause);
        for (const { reject } of batch) reject(this.#failure);
      }
    }
    this.#writing = undefined;
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      if (this.#queue.length > 0) this.#feeding ??= this.#feed();
    }, GATHER_MS);
  }

  async #define(): Promise<void> {
    const series = this.table.from(this.#defined);
    if (series.length === 0) return;
    await this.#store.define(this.#defined, series);
    this.#defined += series.length;
  }

  /** One piece after the other, each as large as what came meanwhile. */
  async #feed(): Promise<void> {
    while (this.#queue.length > 0 && this.#failure === undefined) {
      let rows = 0;
      const end = this.#queue.findIndex(({ samples }) => {
        rows += samples.series.length;
        return rows > AT_ONCE;
      });
      const parts = this.#queue.splice(0, end < 0 ? this.#queue.length : Math.max(1, end));
      const joined = joinSamples(parts.map(({ samples }) => samples));
      try {
        await this.#define();
        await this.#store.append(joined);
        this.#queued -= joined.series.length;
        await this.#log.forget(parts.at(-1)?.segment ?? 0);
      } catch (cause) {
        this.#failure ??= failureOf(cause);
      }
    }
    this.#feeding = undefined;
  }
}

/** Windows in which devices that sent nothing have rows of zeros. */
function spread(found: Windows, devices: readonly string[]): Windows {
  const { count } = found;
  const whole = {
    ...found,
    devices,
    readings: new Uint16Array(count * devices.length),
    powerMilliwatts: new Uint32Array(count * devices.length),
    energyMillijoules: new Uint32Array(count * devices.length),
  };
  for (const [row, device] of found.devices.entries()) {
    const to = devices.indexOf(device) * count;
    const [from, end] = [row * count, (row + 1) * count];
    whole.readings.set(found.readings.subarray(from, end), to);
    whole.powerMilliwatts.set(found.powerMilliwatts.subarray(from, end), to);
    whole.energyMillijoules.set(found.energyMillijoules.subarray(from, end), to);
  }
  return whole;
}

function failureOf(cause: unknown): EvidenceError {
  if (cause instanceof EvidenceError) return cause;
  const message = `expected the telemetry to be stored, got: ${reasonOf(cause)}`;
  return new EvidenceError("store-failed", message, { cause });
}
