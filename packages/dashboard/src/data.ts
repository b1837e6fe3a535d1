import {
  type Change,
  type Coalition,
  coalitionFromJson,
  type Encoded,
  type Terms,
} from "@standstill/agreement";
import type { PeriodReport, PowerSeries, Run, Site } from "@standstill/evidence";
import type { StatementSummary } from "@standstill/record";
import type { PublishedRound } from "@standstill/views";
import { useEffect, useState } from "react";

/** A declaration as the API lists it. */
export type Listed<Body> = Body & {
  readonly party: string;
  readonly id: string;
  readonly index: number;
};

/** Everything the page shows, as fetched from the keeper. */
export interface PageData {
  readonly round: PublishedRound;
  readonly agreement: {
    readonly terms: Terms;
    readonly hash: string;
    readonly coalition: Coalition;
    /** What will change if nothing else is said. */
    readonly toCome: readonly Change[];
    readonly amendments: readonly {
      readonly terms: string;
      readonly proposedBy: string;
      readonly index: number;
      readonly consents: readonly string[];
      readonly adoptedAt: number | null;
    }[];
  };
  readonly sites: {
    readonly sites: readonly Listed<Site>[];
    readonly runs: readonly Listed<Run>[];
    readonly reports: readonly Listed<PeriodReport>[];
  };
  readonly statements: readonly StatementSummary[];
}

/** What a fetch has come to. */
export type Fetched<T> =
  | { readonly state: "waiting" }
  | { readonly state: "failed" }
  | { readonly state: "here"; readonly value: T };

/** Fetches everything the page shows, once. */
export function usePageData(): Fetched<PageData> {
  return useFetched(async () => {
    const [round, agreement, sites, list] = await Promise.all([
      get<PageData["round"]>("/api/round"),
      get<Omit<PageData["agreement"], "coalition"> & { coalition: Encoded }>("/api/agreement"),
      get<PageData["sites"]>("/api/sites"),
      get<{ statements: PageData["statements"] }>("/api/statements"),
    ]);
    const coalition = coalitionFromJson(agreement.coalition);
    return { round, agreement: { ...agreement, coalition }, sites, statements: list.statements };
  }, "page");
}

/** A site's power; fails for sites without a meter. */
export function usePower(site: string): Fetched<PowerSeries> {
  return useFetched(() => get<PowerSeries>(`/api/power?site=${encodeURIComponent(site)}`), site);
}

/** One statement with its envelope, as text. */
export function useStatement(index: number): Fetched<unknown> {
  return useFetched(() => get<unknown>(`/api/statements/${index}`), String(index));
}

/** How this project measured its own repository. */
export type OwnRepository =
  | { readonly cannotSay: string }
  | {
      readonly head: string;
      readonly commits: { readonly total: number };
      readonly addedLines: {
        readonly ai: number;
        readonly total: number;
        readonly bounds: {
          readonly says: string;
          readonly atLeast: number;
          readonly atMost: number;
        } | null;
      };
      readonly coverage: number | null;
    };

/** What the keeper's program found of its own repository; fails where it was not asked. */
export function useOwnRepository(): Fetched<OwnRepository> {
  return useFetched(() => get<OwnRepository>("/api/own-repository"), "own-repository");
}

/** Text that lies beside the log under its hash. */
export function useBlob(hash: string): Fetched<string> {
  return useFetched(async () => {
    const response = await fetch(`/record/blob/${hash}`);
    if (!response.ok) throw new Error(`expected 200 for ${hash}, got ${response.status}`);
    return response.text();
  }, hash);
}

function useFetched<T>(fetcher: () => Promise<T>, key: string): Fetched<T> {
  const [fetched, setFetched] = useState<Fetched<T>>({ state: "waiting" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names what the fetcher fetches.
  useEffect(() => {
    let current = true;
    setFetched({ state: "waiting" });
    fetcher().then(
      (value) => current && setFetched({ state: "here", value }),
      () => current && setFetched({ state: "failed" }),
    );
    return () => {
      current = false;
    };
  }, [key]);
  return fetched;
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { accept: "application/json" } });
  if (!response.ok) throw new Error(`expected 200 for ${path}, got ${response.status}`);
  return (await response.json()) as T;
}
