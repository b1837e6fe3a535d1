import type { Words } from "./findings.ts";

/** What is said of a stop: findings, gaps, and that it was kept. */
export const stopWords = {
  worked: (over: number, all: number, low: string, high: string): Words => ({
    sentence: "Nodes worked after the hour from which on everything stands still.",
    detail: `In ${over} of ${all} windows nodes drew more than idling takes, and nothing is declared there that may go on in a pause. That can have done between ${low} and ${high}. To clarify: what ran there.`,
  }),
  noMeter: (): string =>
    "No power meter reports from this site, so nothing shows that it stopped. To change that, its nodes are metered.",
  unread: (missing: number, all: number): string =>
    `${missing} of ${all} windows hold no reading. At full power in them the site did not idle, so its stop is not shown. To change that, every window is read.`,
  otherWork: (read: string, idle: string): string =>
    `The site took ${read} where idling takes at most ${idle}, for work that is declared and may go on in a pause. Its power cannot show that nothing else ran. To change that, such work runs on a site of its own.`,
  kept: (watts: string, idle: string, ownFeeds: boolean): string =>
    `From the agreed hour on the site idled: ${watts} an accelerator, where idling takes at most ${idle}, and no training is declared for that time${ownFeeds ? ". That is by the operator's own meters" : ""}.`,
} as const;
