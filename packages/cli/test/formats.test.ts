import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as format from "../src/command/format.ts";

describe("a text of the command line", () => {
  it.each([
    ["port", format.port, 0, 65_535],
    ["seconds", format.seconds, 1, 604_800],
    ["count", format.count, 0, 999_999_999],
  ] as const)(
    "%s takes the whole numbers of its range, and nothing else",
    (_name, one, low, high) => {
      const read = (text: string) => one.read(text, "--x");
      fc.assert(fc.property(fc.integer({ min: low, max: high }), (n) => read(String(n)) === n));
      fc.assert(
        fc.property(
          fc.oneof(
            fc.integer({ min: high + 1 }),
            fc.integer({ max: low - 1 }),
            fc.double({ noInteger: true }),
          ),
          (n) => read(String(n)) === undefined,
        ),
      );
      for (const odd of ["", " 1", "1 ", "0x1", "1e1", "+1", "1_0", "١"])
        expect(read(odd)).toBeUndefined();
    },
  );

  it("a day is one of the calendar; an instant is as Date reads it, and a day counts to its end", () => {
    const days = fc
      .date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(days, (iso) => {
        const day = iso.slice(0, 10);
        expect(format.day.read(day, "")).toBe(day);
        expect(format.instant.read(iso, "")).toBe(Date.parse(iso));
        expect(format.instant.read(day, "")).toBe(Date.parse(`${day}T23:59:59.999Z`));
      }),
    );
    for (const odd of ["2026-02-30", "2026-13-01", "2026-1-1", "tomorrow", "2026-01-01T25:00:00Z"])
      for (const read of [format.day.read, format.instant.read])
        expect(read(odd, "")).toBeUndefined();
  });

  it("a record's place is an address of the web, or else a path, and no other scheme", () => {
    expect(format.recordPlace.read("https://record.example//", "")).toEqual({
      kind: "address",
      at: "https://record.example",
    });
    expect(format.recordPlace.read("./data", "")).toEqual({ kind: "directory", at: "./data" });
    for (const odd of ["", "ftp://x/", "file:///etc", "http://", "https://a:b@c/", "a\0b"])
      expect(format.recordPlace.read(odd, "")).toBeUndefined();
  });

  it("a file remembers which option named it", () => {
    expect(format.file.read("x", "--policy")).toEqual({ path: "x", option: "--policy" });
  });

  it("one of a few words is exactly that word", () => {
    const either = format.oneOf(["left", "right"]);
    expect(either.expected).toBe("left or right");
    fc.assert(
      fc.property(fc.string(), (text) => {
        const isWord = text === "left" || text === "right";
        expect(either.read(text, "")).toBe(isWord ? text : undefined);
      }),
    );
  });

  it("amounts and chances are plain decimals", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (share) => {
        const text = share.toFixed(6);
        expect(format.chance.read(text, "")).toBe(Number(text));
        expect(format.amount.read(text, "")).toBe(Number(text));
      }),
    );
    for (const odd of ["-1", "1.1.1", "NaN", "Infinity", "1e999", "0x1", ""])
      for (const read of [format.amount.read, format.chance.read])
        expect(read(odd, "")).toBeUndefined();
    expect(format.chance.read("1.01", "")).toBeUndefined();
  });
});
