import { setImmediate } from "node:timers/promises";
import {
  EvidenceError,
  type FeedKeys,
  type FeedMap,
  feedOf,
  type Job,
  OPERATOR_FEED,
  type QuarantineReason,
  Receiver,
  RemoteWrite,
  readMetricsText,
  type Samples,
  type TimeLimits,
  unpackRemoteWrite,
  type Written,
} from "@standstill/evidence";
import type { ActivityLog, FieldMap } from "@standstill/evidence/activity";
import {
  type ReadingFormat,
  readFileInto,
  readOtlpJson,
  readOtlpProtobuf,
  type TableMap,
} from "@standstill/evidence/formats";
import type {
  ActivityFiles,
  JobFile,
  Telemetry,
  TelemetryStatus,
} from "@standstill/evidence/telemetry";

/** What a site's monitor works with. */
export interface MonitorOptions {
  readonly site: string;
  readonly telemetry: Telemetry;
  readonly jobs: JobFile;
  readonly activity: ActivityFiles;
  readonly map: FeedMap;
  readonly limits: TimeLimits;
  /** Feeds of others than the operator, whose requests must be signed. */
  readonly feedKeys: FeedKeys;
  /** Present time in POSIX milliseconds. */
  readonly now: () => number;
}

/** What a monitor has had of one feed. */
export interface FeedStatus {
  readonly feed: string;
  readonly requests: number;
  readonly stale: number;
  readonly unwanted: number;
  readonly quarantined: Readonly<
    Partial<Record<QuarantineReason, { readonly count: number; readonly first: string }>>
  >;
  /**
   * Least time from a request's newest reading to its arrival, in milliseconds; nothing before the first. It is how far the
   * sender's clock is behind this one, or less; below zero its clock is ahead by that much at least.
   */
  readonly leastDelayMs: number | undefined;
}

/** What a monitor has done so far. */
export interface MonitorStatus extends TelemetryStatus {
  readonly site: string;
  readonly refusedRequests: number;
  readonly feeds: readonly FeedStatus[];
  readonly jobs: number;
}

interface Feed {
  readonly name: string;
  readonly receiver: Receiver;
  readonly remote: RemoteWrite;
  requests: number;
  leastDelayMs: number | undefined;
}

/** A request as it came: what was sent, to which path, under which headers. */
export interface Received {
  readonly path: string;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Uint8Array;
}

/**
 * What runs at a site: takes in what its machines emit. A request is taken whole or not at all, and answered once it is
 * durable.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #feeds = new Map<string, Feed>();
  #refused = 0;

  constructor(options: MonitorOptions) {
    this.#options = options;
    this.#feed(OPERATOR_FEED);
  }

  get status(): MonitorStatus {
    const { site, telemetry, jobs } = this.#options;
    return {
      site,
      ...telemetry.status,
      refusedRequests: this.#refused,
      feeds: [...this.#feeds].map(([feed, { receiver, requests, leastDelayMs }]) => ({
        feed,
        requests,
        stale: receiver.stale,
        unwanted: receiver.unwanted,
        quarantined: receiver.quarantine.reasons,
        leastDelayMs,
      })),
      jobs: jobs.size,
    };
  }

  /** The scheduler's accounting. */
  get jobs(): JobFile {
    return this.#options.jobs;
  }

  /** A remote-write request of either version; durable when this resolves. */
  remoteWrite(request: Received, version: 1 | 2): Promise<Written & { readonly kept: number }> {
    return this.#take(request, ({ remote }) => {
      const plain = unpackRemoteWrite(request.body);
      return version === 1 ? remote.decode1(plain) : remote.decode2(plain);
    });
  }

  /** An OTLP request for metrics, its body unpacked; durable when this resolves. */
  otlp(
    request: Received,
    unpacked: Uint8Array,
    encoding: "protobuf" | "json",
  ): Promise<{ readonly kept: number }> {
    return this.#take(request, ({ receiver }) => ({
      samples:
        encoding === "protobuf"
          ? readOtlpProtobuf(unpacked, receiver)
          : readOtlpJson(new TextDecoder().decode(unpacked), receiver),
    }));
  }

  /** A file in one of the formats that hold readings; durable when this resolves. Other requests are answered meanwhile. */
  file(
    request: Received,
    format: ReadingFormat,
    map?: TableMap,
  ): Promise<{ readonly rows: number; readonly kept: number; readonly setAside: number }> {
    const { now, site, telemetry, limits } = this.#options;
    return this.#counted(async () => {
      const feed = this.#feedOf(request);
      // Its own, since others take readings in between.
      const receiver = new Receiver(site, feed.name, this.#options.map, telemetry.table);
      receiver.at(now(), limits);
      const rows = await readFileInto(receiver, format, request.body, {
        atMs: now(),
        map,
        pause: () => setImmediate(),
      });
      feed.receiver.quarantine.merge(receiver.quarantine);
      const samples = receiver.take();
      await telemetry.accept(samples);
      return { rows, kept: samples.series.length, setAside: receiver.quarantine.count };
    });
  }

  /** A scheduler's accounting; durable when this resolves. Accounting is the operator's own word. */
  async accounting(request: Received, jobs: readonly Job[]): Promise<{ readonly kept: number }> {
    return this.#counted(async () => {
      this.#feedOf(request, OPERATOR_FEED);
      return { kept: await this.#options.jobs.accept(jobs) };
    });
  }

  /** An activity log; durable when this resolves. It is the operator's own word. */
  activity(request: Received, map?: FieldMap): Promise<ActivityLog> {
    return this.#counted(() => {
      this.#feedOf(request, OPERATOR_FEED);
      return this.#options.activity.accept(request.body, map);
    });
  }

  /** What an exporter answered that this monitor asked; durable when this resolves. */
  scraped(text: string, contentType: string): Promise<{ readonly kept: number }> {
    const { now } = this.#options;
    const asked = { path: "", headers: {}, body: new Uint8Array(0) };
    return this.#take(asked, ({ receiver }) => ({
      samples: readMetricsText(text, contentType, now(), receiver),
    }));
  }

  #take<Result extends object>(
    request: Received,
    work: (feed: Feed) => Result,
  ): Promise<Result & { readonly kept: number }> {
    const { telemetry, limits, now } = this.#options;
    return this.#counted(async () => {
      const feed = this.#feedOf(request);
      feed.receiver.at(now(), limits);
      const result = feed.receiver.attempt(() => work(feed));
      const samples = feed.receiver.take();
      const delay = delayOf(samples, now());
      if (delay !== undefined) {
        feed.leastDelayMs = Math.min(delay, feed.leastDelayMs ?? delay);
      }
      await telemetry.accept(samples);
      return { ...result, kept: samples.series.length };
    });
  }

  async #counted<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      this.#refused++;
      throw error;
    }
  }

  /** The feed that a request is of; refuses (`feed-not-signed`) one of another where only one may tell. */
  #feedOf({ path, headers, body }: Received, only?: string): Feed {
    const name = feedOf(this.#options.feedKeys, headers, path, body, OPERATOR_FEED);
    if (only !== undefined && name !== only) {
      const message = `expected the ${only}'s own word, got a request of the feed ${name}`;
      throw new EvidenceError("feed-not-signed", message);
    }
    const feed = this.#feed(name);
    feed.requests++;
    return feed;
  }

  #feed(name: string): Feed {
    const known = this.#feeds.get(name);
    if (known !== undefined) return known;
    const { site, map, telemetry } = this.#options;
    const receiver = new Receiver(site, name, map, telemetry.table);
    const feed: Feed = {
      name,
      receiver,
      remote: new RemoteWrite(receiver),
      requests: 0,
      leastDelayMs: undefined,
    };
    this.#feeds.set(name, feed);
    return feed;
  }
}

function delayOf({ timeMs }: Samples, nowMs: number): number | undefined {
  let newest = Number.NEGATIVE_INFINITY;
  for (const time of timeMs) if (time > newest) newest = time;
  return timeMs.length === 0 ? undefined : nowMs - newest;
}
