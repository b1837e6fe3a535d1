import { there } from "@standstill/record";
/**
 * Power readings in columns, in the order they came: `device[i]` is an index into `devices`, `timeMs[i]` POSIX
 * milliseconds, `powerMilliwatts[i]` a whole number.
 */
export interface Readings {
  readonly devices: readonly string[];
  readonly device: Uint32Array;
  readonly timeMs: Float64Array;
  readonly powerMilliwatts: Uint32Array;
  /** Readings set aside because no node can have drawn that power, and the first of them. */
  readonly quarantined: { readonly count: number; readonly first: string | undefined };
}

/** Collects readings into columns without an object per row. */
export class ReadingsBuilder {
  readonly #names = new Map<string, number>();
  #device = new Uint32Array(1024);
  #timeMs = new Float64Array(1024);
  #powerMilliwatts = new Uint32Array(1024);
  #length = 0;
  #quarantined = 0;
  #firstQuarantined: string | undefined;

  /** How many readings were taken in and set aside so far. */
  get seen(): {
    readonly kept: number;
    readonly quarantined: number;
    readonly first: string | undefined;
  } {
    return { kept: this.#length, quarantined: this.#quarantined, first: this.#firstQuarantined };
  }

  /** Sets a reading aside, with the reason. */
  quarantine(reason: string): void {
    this.#quarantined++;
    this.#firstQuarantined ??= reason;
  }

  add(device: string, timeMs: number, powerMilliwatts: number): void {
    if (this.#length === this.#device.length) this.#grow();
    let index = this.#names.get(device);
    if (index === undefined) {
      index = this.#names.size;
      this.#names.set(device, index);
    }
    this.#device[this.#length] = index;
    this.#timeMs[this.#length] = timeMs;
    this.#powerMilliwatts[this.#length] = powerMilliwatts;
    this.#length++;
  }

  build(): Readings {
    return {
      devices: [...this.#names.keys()],
      device: this.#device.slice(0, this.#length),
      timeMs: this.#timeMs.slice(0, this.#length),
      powerMilliwatts: this.#powerMilliwatts.slice(0, this.#length),
      quarantined: { count: this.#quarantined, first: this.#firstQuarantined },
    };
  }

  #grow(): void {
    const larger = <T extends Uint32Array | Float64Array>(column: T, fresh: T): T => {
      fresh.set(column);
      return fresh;
    };
    this.#device = larger(this.#device, new Uint32Array(this.#length * 2));
    this.#timeMs = larger(this.#timeMs, new Float64Array(this.#length * 2));
    this.#powerMilliwatts = larger(this.#powerMilliwatts, new Uint32Array(this.#length * 2));
  }
}

/** A period in POSIX milliseconds; the end is outside. */
export interface Period {
  readonly startMs: number;
  readonly endMs: number;
}

/** Indices of one device's readings in a period, by time; of readings at one instant the lowest power counts. */
function orderedReadings(readings: Readings, device: number, period: Period): number[] {
  const { timeMs, powerMilliwatts } = readings;
  const indices: number[] = [];
  for (let i = 0; i < timeMs.length; i++) {
    const t = there(timeMs[i]);
    if (readings.device[i] === device && t >= period.startMs && t < period.endMs) indices.push(i);
  }
  indices.sort(
    (a, b) =>
      there(timeMs[a]) - there(timeMs[b]) || there(powerMilliwatts[a]) - there(powerMilliwatts[b]),
  );
  return indices.filter((index, i) => i === 0 || timeMs[index] !== timeMs[there(indices[i - 1])]);
}

/**
 * One device's readings in order, with the energy in mJ of the trapezoid that ends at each; a step longer than
 * `longestStepMs` is a gap and carries no energy. Whole numbers throughout, so every engine gives the same.
 */
export function* trapezoids(
  readings: Readings,
  device: number,
  period: Period,
  longestStepMs: number,
): Generator<{ timeMs: number; powerMilliwatts: number; energyMillijoules: number }> {
  let before: { timeMs: number; powerMilliwatts: number } | undefined;
  for (const index of orderedReadings(readings, device, period)) {
    const now = {
      timeMs: there(readings.timeMs[index]),
      powerMilliwatts: there(readings.powerMilliwatts[index]),
    };
    const step = before === undefined ? 0 : now.timeMs - before.timeMs;
    const energyMillijoules =
      before === undefined || step > longestStepMs
        ? 0
        : Math.floor(((before.powerMilliwatts + now.powerMilliwatts) * step) / 2000);
    yield { ...now, energyMillijoules };
    before = now;
  }
}

/**
 * Energy in mJ of all devices in a period, by trapezoids between consecutive readings.
 *
 * @example energyMillijoules(readings, { startMs, endMs }, 8_000)
 */
export function energyMillijoules(
  readings: Readings,
  period: Period,
  longestStepMs: number,
): number {
  let sum = 0;
  for (let device = 0; device < readings.devices.length; device++) {
    for (const step of trapezoids(readings, device, period, longestStepMs))
      sum += step.energyMillijoules;
  }
  return sum;
}
