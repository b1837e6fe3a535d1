import { type Samples, SamplesBuilder } from "../../readings/samples.ts";

/** Readings for each of so many shards, in their order: a series lies on the shard that its number leaves as a rest. */
export function shareOut(samples: Samples, shards: number): readonly Samples[] {
  if (shards === 1) return [samples];
  const parts = Array.from({ length: shards }, () => new SamplesBuilder());
  for (const [i, series] of samples.series.entries()) {
    const part = parts[series % shards] as SamplesBuilder;
    part.add(series, samples.timeMs[i] as number, samples.values[i] as number);
  }
  return parts.map((part) => part.take());
}
