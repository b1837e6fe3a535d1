import type { Job } from "./jobs.ts";
import { parseKueue } from "./kueue.ts";
import { parseSlurm } from "./slurm.ts";

/** Formats of schedulers' accounting. */
export const ACCOUNTING_FORMATS = ["slurm", "kueue"] as const;
/** One of those formats. */
export type AccountingFormat = (typeof ACCOUNTING_FORMATS)[number];

const READERS: Readonly<Record<AccountingFormat, (text: string) => Job[]>> = {
  slurm: parseSlurm,
  kueue: parseKueue,
};

/** Whether a text names a format of accounting. */
export function isAccountingFormat(text: string): text is AccountingFormat {
  return Object.hasOwn(READERS, text);
}

/**
 * The jobs in a scheduler's accounting. Those that have not ended, or that never began, are left out.
 *
 * @example readAccounting("slurm", text)[0]?.accelerators // 8
 * @throws EvidenceError `malformed-file` where the text is no such accounting
 */
export function readAccounting(format: AccountingFormat, text: string): Job[] {
  return READERS[format](text);
}
