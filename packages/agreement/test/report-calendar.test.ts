import { readFileSync } from "node:fs";
import { changeDueAt, type Draft, parseDraft, reportCalendar } from "@standstill/agreement";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const day = (text: string) => Date.parse(`${text}T00:00:00.000Z`);
const on = (at: number) => new Date(at).toISOString().slice(0, 10);
type Reporting = NonNullable<Draft["reporting"]>;

describe("the calendar of New START (protocol, part four)", () => {
  // In force 2011-02-05.
  const { reporting } = parseDraft(
    readFileSync(new URL("../../../agreements/treaties/new-start.yaml", import.meta.url), "utf8"),
  );
  const calendar = (from: string, to: string) =>
    reportCalendar({ reporting }, day("2011-02-05"), day(from), day(to)).map(
      ({ report, about, dueAt }) => `${report} of ${on(about)} by ${on(dueAt)}`,
    );

  it("first data by 22 March 2011, updates after the ends of August and February", () => {
    expect(calendar("2011-02-05", "2012-12-31")).toEqual([
      "initial-data of 2011-02-05 by 2011-03-22",
      "updated-data of 2011-09-01 by 2011-10-01",
      "updated-data of 2012-03-01 by 2012-03-31",
      "updated-data of 2012-09-01 by 2012-10-01",
    ]);
  });

  it("a span shows what falls into it, and a change has its own five days", () => {
    expect(calendar("2020-01-01", "2020-06-30")).toEqual([
      "updated-data of 2020-03-01 by 2020-03-31",
    ]);
    expect(on(changeDueAt({ reporting }, day("2011-06-10")) as number)).toBe("2011-06-15");
    expect(changeDueAt({ reporting: [] }, day("2011-06-10"))).toBeUndefined();
  });
});

it("periods of days follow one another, each due so many days after its end", () => {
  const reporting: Reporting = [
    { id: "periods", kind: "periodic", title: "Readings.", withinDays: 7, everyDays: 30 },
  ];
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3000 }),
      fc.integer({ min: 1, max: 900 }),
      (from, days) => {
        const start = day("2026-06-04");
        const first = start + from * 86_400_000;
        const due = reportCalendar({ reporting }, start, first, first + days * 86_400_000);
        for (const { about, dueAt } of due) {
          expect((about - start) % (30 * 86_400_000)).toBe(0);
          expect(dueAt - about).toBe(7 * 86_400_000);
        }
        const all = Array.from({ length: 200 }, (_, k) => start + ((k + 1) * 30 + 7) * 86_400_000);
        const last = first + days * 86_400_000;
        expect(due.map(({ dueAt }) => dueAt)).toEqual(
          all.filter((dueAt) => dueAt >= first && dueAt <= last),
        );
      },
    ),
  );
  const never: Reporting = [{ id: "odd", kind: "periodic", title: "Odd.", withinDays: 7 }];
  expect(reportCalendar({ reporting: never }, 0, 0, 1e15)).toEqual([]);
});
