import {
  type FeedMap,
  Intake,
  type QuarantineReason,
  RemoteWrite,
  readMetricsText,
  readOtlpJson,
  readOtlpProtobuf,
  type TimeLimits,
  unpackRemoteWrite,
  type Written,
} from "@standstill/evidence";
import type { JobFile, Telemetry, TelemetryStatus } from "@standstill/evidence/store";
import { type ReadingFormat, readFileInto } from "@standstill/evidence/tables";

/** Under which name readings are kept that nobody but the operator's own machines vouches for. */
export const OPERATOR_FEED = "operator";

/** What a site's monitor works with. */
export interface MonitorOptions {
  readonly site: string;
  readonly telemetry: Telemetry;
  readonly jobs: JobFile;
  readonly map: FeedMap;
  readonly limits: TimeLimits;
  /** Present time in POSIX milliseconds. */
  readonly now: () => number;
}

/** What a monitor has done so far. */
export interface MonitorStatus extends TelemetryStatus {
  readonly site: string;
  readonly requests: number;
  readonly refusedRequests: number;
  readonly stale: number;
  readonly unwanted: number;
  readonly quarantined: Readonly<
    Partial<Record<QuarantineReason, { readonly count: number; readonly first: string }>>
  >;
  readonly jobs: number;
}

/**
 * What runs at a site: takes in what its machines emit. A request is taken whole or not at all, and answered once it is
 * durable.
 */
export class Monitor {
  readonly #options: MonitorOptions;
  readonly #intake: Intake;
  readonly #remote: RemoteWrite;
  #requests = 0;
  #refused = 0;

  constructor(options: MonitorOptions) {
    this.#options = options;
    const { site, map, telemetry } = options;
    this.#intake = new Intake(site, OPERATOR_FEED, map, telemetry.table);
    this.#remote = new RemoteWrite(this.#intake);
  }

  get status(): MonitorStatus {
    const { site, telemetry, jobs } = this.#options;
    return {
      site,
      ...telemetry.status,
      requests: this.#requests,
      refusedRequests: this.#refused,
      stale: this.#intake.stale,
      unwanted: this.#intake.unwanted,
      quarantined: this.#intake.quarantine.reasons,
      jobs: jobs.size,
    };
  }

  /** The scheduler's accounting. */
  get jobs(): JobFile {
    return this.#options.jobs;
  }

  /** A remote-write request of either version; durable when this resolves. */
  remoteWrite(body: Uint8Array, version: 1 | 2): Promise<Written & { readonly kept: number }> {
    return this.#take(() => {
      const plain = unpackRemoteWrite(body);
      return version === 1 ? this.#remote.decode1(plain) : this.#remote.decode2(plain);
    });
  }

  /** An OTLP request for metrics; durable when this resolves. */
  otlp(body: Uint8Array, encoding: "protobuf" | "json"): Promise<{ readonly kept: number }> {
    return this.#take(() => ({
      samples:
        encoding === "protobuf"
          ? readOtlpProtobuf(body, this.#intake)
          : readOtlpJson(new TextDecoder().decode(body), this.#intake),
    }));
  }

  /** What an exporter answered; durable when this resolves. */
  scraped(text: string, contentType: string): Promise<{ readonly kept: number }> {
    const { now } = this.#options;
    return this.#take(() => ({
      samples: readMetricsText(text, contentType, now(), this.#intake),
    }));
  }

  /** A file in one of the formats that hold readings; durable when this resolves. */
  file(
    bytes: Uint8Array,
    format: ReadingFormat,
  ): Promise<{ readonly rows: number; readonly kept: number }> {
    const { now } = this.#options;
    return this.#take(() => ({ rows: readFileInto(this.#intake, format, bytes, now()) }));
  }

  async #take<Result extends object>(
    work: () => Result,
  ): Promise<Result & { readonly kept: number }> {
    const { telemetry, limits, now } = this.#options;
    this.#requests++;
    try {
      this.#intake.at(now(), limits);
      const result = this.#intake.attempt(work);
      const samples = this.#intake.take();
      await telemetry.accept(samples);
      return { ...result, kept: samples.series.length };
    } catch (error) {
      this.#refused++;
      throw error;
    }
  }
}
