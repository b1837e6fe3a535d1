/** Readings of many series in columns, in the order they came. */
export interface Samples {
  /** Number of each reading's series. */
  readonly series: Uint32Array;
  /** POSIX milliseconds. */
  readonly timeMs: Float64Array;
  /** Whole numbers in the unit of the series' quantity. */
  readonly values: Float64Array;
}

/** Collects readings without an object per row. */
export class SamplesBuilder {
  length = 0;
  #series: Uint32Array;
  #timeMs: Float64Array;
  #values: Float64Array;

  constructor(rows = 1024) {
    this.#series = new Uint32Array(rows);
    this.#timeMs = new Float64Array(rows);
    this.#values = new Float64Array(rows);
  }

  add(series: number, timeMs: number, value: number): void {
    if (this.length === this.#series.length) this.#grow();
    this.#series[this.length] = series;
    this.#timeMs[this.length] = timeMs;
    this.#values[this.length] = value;
    this.length++;
  }

  /** What was collected; the builder begins anew. */
  take(): Samples {
    const taken = {
      series: this.#series.slice(0, this.length),
      timeMs: this.#timeMs.slice(0, this.length),
      values: this.#values.slice(0, this.length),
    };
    this.length = 0;
    return taken;
  }

  #grow(): void {
    const rows = this.#series.length * 2;
    const [series, timeMs, values] = [
      new Uint32Array(rows),
      new Float64Array(rows),
      new Float64Array(rows),
    ];
    series.set(this.#series);
    timeMs.set(this.#timeMs);
    values.set(this.#values);
    [this.#series, this.#timeMs, this.#values] = [series, timeMs, values];
  }
}
