import { there } from "@standstill/record";
import { QUANTITIES } from "../../readings/quantities.ts";
import type { Samples } from "../../readings/samples.ts";
import type { Series } from "../../readings/series.ts";
import { encodeNativeBlock } from "./native-block.ts";

/** Readings as a block of the table `readings`. */
export function samplesBlock({ series, timeMs, values }: Samples): Buffer {
  return encodeNativeBlock([
    { name: "series", type: "UInt32", values: series },
    { name: "time_ms", type: "Int64", values: wholes(timeMs) },
    { name: "value", type: "Int64", values: wholes(values) },
  ]);
}

/** Rows of the table `series`, a block for each shard with its series; nothing where it has none. */
export function seriesBlocks(
  from: number,
  series: readonly Series[],
  shards: number,
): (Buffer | undefined)[] {
  return Array.from({ length: shards }, (_, shard) => {
    const numbers = series.map((_, i) => from + i).filter((number) => number % shards === shard);
    if (numbers.length === 0) return undefined;
    const its = numbers.map((number) => there(series[number - from]));
    const column = (name: string, textOf: (one: Series) => string) => ({
      name,
      type: "String" as const,
      values: its.map(textOf),
    });
    return encodeNativeBlock([
      { name: "series", type: "UInt32", values: Uint32Array.from(numbers) },
      column("site", ({ site }) => site),
      column("device", ({ device }) => device),
      column("quantity", ({ quantity }) => quantity),
      column("kind", ({ quantity }) => QUANTITIES[quantity].kind),
      column("feed", ({ feed }) => feed),
    ]);
  });
}

/** Whole doubles as 64-bit integers, without a BigInt for each: bitwise operators take a value modulo 2^32. */
function wholes(values: Float64Array): BigInt64Array {
  const halves = new Int32Array(values.length * 2);
  for (let i = 0; i < values.length; i++) {
    const value = there(values[i]);
    halves[2 * i] = value | 0;
    halves[2 * i + 1] = Math.floor(value / 4_294_967_296);
  }
  return new BigInt64Array(halves.buffer);
}
