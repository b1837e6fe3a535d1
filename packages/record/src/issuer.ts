import type { AppendList } from "./append-list.ts";
import type { StatementList } from "./statement-list.ts";

/** What somebody has said so far. */
export interface Issuer {
  /** Next sequence number. */
  readonly next: number;
  readonly lastIssuedAt: string;
  /** Place of each of its statements among the admitted ones, by sequence number. */
  readonly places: AppendList<number>;
}

/** What of a state holds who said what. */
export interface SaidPart {
  readonly issuers: { readonly get: (issuer: string) => Issuer | undefined };
  /** The admitted statements, oldest first. */
  readonly statements: StatementList;
}
