import { Counter, Gauge, Registry } from "prom-client";
import type { FeedStatus, MonitorStatus } from "./monitor.ts";

/** A value under the labels that tell it from its neighbours. */
type Told = readonly [labels: Readonly<Record<string, string>>, value: number];

/** The type of what `monitorMetrics` tells: Prometheus text format 0.0.4. */
export const METRICS_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** What a monitor tells of itself, in Prometheus text format; each value under the label of its site. */
export function monitorMetrics(status: MonitorStatus): Promise<string> {
  const registry = new Registry();
  registry.setDefaultLabels({ site: status.site });
  // What is told was counted already, so each answer is made anew from it.
  const told = <Kind extends Counter | Gauge>(
    make: new (of: { name: string; help: string; labelNames: string[]; registers: [] }) => Kind,
    name: string,
    help: string,
    values: readonly Told[],
  ): void => {
    const labelNames = Object.keys(values[0]?.[0] ?? {});
    const metric = new make({
      name: `standstill_monitor_${name}`,
      help,
      labelNames,
      registers: [],
    });
    for (const [labels, value] of values) metric.inc(labels, value);
    registry.registerMetric(metric);
  };
  const ofFeeds = (value: (feed: FeedStatus) => number): Told[] =>
    status.feeds.map((feed) => [{ feed: feed.feed }, value(feed)]);
  const quarantined = status.feeds.flatMap(({ feed, quarantined }) =>
    Object.entries(quarantined).map(([reason, { count }]): Told => [{ feed, reason }, count]),
  );
  told(
    Counter,
    "requests_total",
    "Requests that brought readings.",
    ofFeeds(({ requests }) => requests),
  );
  told(Counter, "refused_requests_total", "Requests that were refused whole.", [
    [{}, status.refusedRequests],
  ]);
  told(Counter, "readings_acknowledged_total", "Readings that were made durable.", [
    [{}, status.acknowledged],
  ]);
  told(Gauge, "readings_waiting", "Durable readings that the engine does not have yet.", [
    [{}, status.waiting],
  ]);
  told(
    Counter,
    "readings_unwanted_total",
    "Readings of metrics that nobody asked for.",
    ofFeeds(({ unwanted }) => unwanted),
  );
  told(
    Counter,
    "readings_stale_total",
    "Marks that a series ended.",
    ofFeeds(({ stale }) => stale),
  );
  told(
    Counter,
    "readings_quarantined_total",
    "Readings that were set aside, by reason.",
    quarantined,
  );
  told(Gauge, "series", "Series that are known.", [[{}, status.series]]);
  told(Gauge, "jobs", "Jobs that are known from accounting.", [[{}, status.jobs]]);
  told(Gauge, "healthy", "1 while readings are acknowledged, 0 after a failure.", [
    [{}, status.failure === undefined ? 1 : 0],
  ]);
  return registry.metrics();
}
