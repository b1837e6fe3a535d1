/** What is said of activity logs as such. */
export const logWords = {
  noLog: (): string =>
    "The evidence of this period holds no activity log. To change that, the operator reports one with it.",
  unreadable: (why: string): string =>
    `What was reported as an activity log cannot be read: ${why}. To change that, the operator reports it again.`,
  devicesAlike: (name: string): string =>
    `By the agreed names two accelerators of this site are called ${name}, so a log cannot tell them apart. To change that, nodes get names that stay apart.`,
  nothingInside: (): string =>
    "It was in force for so short a time that no record lies wholly in it, so the log cannot show whether it was kept.",
  recordsCut: (records: number): string =>
    `${records} records lie across the beginning or end of the time that is judged, and tell of more than an hour or than the agreed time at once; what they tell of is left out.`,
  recordsOutside: (records: number): string =>
    `${records} records lie outside the period that was reported, of which only a part is judged; they are left out.`,
  records: (first: readonly (number | string)[], count: number): string => {
    if (count === 0) return "It is about the log as a whole.";
    const told = first.slice(0, 10).join(", ");
    const more = count - Math.min(10, first.length);
    return `${count === 1 ? "Line" : "Lines"} ${told}${more > 0 ? ` and ${more} more` : ""} of the log.`;
  },
} as const;
