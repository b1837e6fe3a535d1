import type { FeedStatus, MonitorStatus } from "./monitor.ts";

/** What a monitor tells of itself, in Prometheus text format 0.0.4. */
export function monitorMetrics(status: MonitorStatus): string {
  const { site } = status;
  const lines: string[] = [];
  const tell = (
    name: string,
    type: "counter" | "gauge",
    help: string,
    values: readonly (readonly [labels: string, value: number])[],
  ) => {
    lines.push(`# HELP standstill_monitor_${name} ${help}`);
    lines.push(`# TYPE standstill_monitor_${name} ${type}`);
    for (const [labels, value] of values) {
      const comma = labels === "" ? "" : ",";
      lines.push(`standstill_monitor_${name}{site="${site}"${comma}${labels}} ${value}`);
    }
  };
  const ofFeeds = (value: (feed: FeedStatus) => number) =>
    status.feeds.map((feed) => [`feed="${feed.feed}"`, value(feed)] as const);
  tell(
    "requests_total",
    "counter",
    "Requests that brought readings.",
    ofFeeds(({ requests }) => requests),
  );
  tell("refused_requests_total", "counter", "Requests that were refused whole.", [
    ["", status.refusedRequests],
  ]);
  tell("readings_acknowledged_total", "counter", "Readings that were made durable.", [
    ["", status.acknowledged],
  ]);
  tell("readings_waiting", "gauge", "Durable readings that the engine does not have yet.", [
    ["", status.waiting],
  ]);
  tell(
    "readings_unwanted_total",
    "counter",
    "Readings of metrics that nobody asked for.",
    ofFeeds(({ unwanted }) => unwanted),
  );
  tell(
    "readings_stale_total",
    "counter",
    "Marks that a series ended.",
    ofFeeds(({ stale }) => stale),
  );
  tell(
    "readings_quarantined_total",
    "counter",
    "Readings that were set aside, by reason.",
    status.feeds.flatMap(({ feed, quarantined }) =>
      Object.entries(quarantined).map(
        ([reason, { count }]) => [`feed="${feed}",reason="${reason}"`, count] as const,
      ),
    ),
  );
  tell("series", "gauge", "Series that are known.", [["", status.series]]);
  tell("jobs", "gauge", "Jobs that are known from accounting.", [["", status.jobs]]);
  tell("healthy", "gauge", "1 while readings are acknowledged, 0 after a failure.", [
    ["", status.failure === undefined ? 1 : 0],
  ]);
  return `${lines.join("\n")}\n`;
}
