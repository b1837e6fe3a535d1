import { there } from "@standstill/record";
import { type Samples, SamplesBuilder } from "../../readings/samples.ts";

/** Readings for each of so many shards, in their order: a series lies on the shard that its number leaves as a rest. */
export function shareOut(samples: Samples, shards: number): readonly Samples[] {
  if (shards === 1) return [samples];
  const parts = Array.from({ length: shards }, () => new SamplesBuilder());
  for (const [i, series] of samples.series.entries()) {
    const part = there(parts[series % shards]);
    part.add(series, there(samples.timeMs[i]), there(samples.values[i]));
  }
  return parts.map((part) => part.take());
}
