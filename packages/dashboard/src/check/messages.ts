import type { AuditReport, PublishedRound } from "@standstill/replay";

/** What the page asks of the checker. */
export interface CheckRequest {
  /** Address of the record's files. */
  readonly record: string;
  /** The round that the page shows. */
  readonly shown: PublishedRound;
}

/** What the checker tells while it works and when it is done. */
export type CheckMessage =
  | { readonly kind: "progress"; readonly done: number; readonly all: number }
  | {
      readonly kind: "done";
      readonly report: AuditReport;
      /** Whether the round on the page is the one that the record gives. */
      readonly sameRound: boolean;
    }
  | { readonly kind: "failed"; readonly message: string };
