import type { AuditReport } from "@standstill/audit";
import type { PublishedRound } from "@standstill/views";
import type { FolderFile } from "./folder-source.ts";

/** What is asked of the checker. */
export interface CheckRequest {
  /** Address of the record's files, or the files themselves. */
  readonly record: string | readonly FolderFile[];
  /** The round that a page shows, to be compared with what the record gives. */
  readonly shown?: PublishedRound;
  /** Whose log it must be and which witnesses must have cosigned it (c2sp.org/tlog-policy). */
  readonly policy?: string;
}

/** What the checker tells while it works and when it is done. */
export type CheckMessage =
  | { readonly kind: "progress"; readonly done: number; readonly all: number }
  | {
      readonly kind: "done";
      readonly report: AuditReport;
      /** Whether the round on the page is the one that the record gives; nothing where no page was given. */
      readonly sameRound: boolean | undefined;
    }
  | { readonly kind: "failed"; readonly message: string };
