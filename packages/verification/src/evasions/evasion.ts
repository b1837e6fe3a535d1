/** A way to cheat: its name, its words, and the floors on which it exists. How it is played there stands beside it, one file a floor. */
export interface Evasion {
  /** Its name: in terms, in verdicts, in the tables of the manual. */
  readonly id: string;
  /** What it does, for people. */
  readonly about: string;
  /** Whether it is played into a period's own readings, so that assurance is known (`inject.ts`); then its name in a sentence. */
  readonly injected?: { readonly title: string };
  /** Whether it is committed against made-up sites (`on-sites.ts`). */
  readonly onSites?: true;
  /** Whether it is committed in activity logs (`on-logs.ts`), or why no log can show it. */
  readonly onLogs?: true | { readonly never: string };
}
