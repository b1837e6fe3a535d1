import {
  type ActivityTable,
  ActivityTableReader,
  joinParts,
  packTable,
  readActivityTable,
  TEXT_COLUMNS,
  unpackTable,
} from "@standstill/evidence/activity";
import { sha256, toHex, utf8 } from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scaled } from "../../../tests/support/scale.ts";

const read = (content: string) => readActivityTable([{ name: "log", content }]);
/** What a table says, by texts in place of numbers. */
const rows = (table: ActivityTable): Record<string, unknown>[] =>
  Array.from({ length: table.count }, (_, i) => ({
    ...Object.fromEntries(
      TEXT_COLUMNS.map((name) => [
        name,
        table[name][i] === -1 ? null : table.texts.get(table[name][i] as number),
      ]),
    ),
    ...Object.fromEntries(
      (
        [
          "activity",
          "startMs",
          "endMs",
          "flopHigh",
          "flopLow",
          "tokens",
          "batchSize",
          "sequenceLength",
          "note",
          "line",
        ] as const
      ).map((name) => [name, table[name][i]]),
    ),
    parents: table.lists[table.parents[i] as number]?.map((one) => table.texts.get(one)),
    dataSources: table.lists[table.dataSources[i] as number]?.map((one) => table.texts.get(one)),
  }));

const instant = fc.integer({ min: 0, max: 4 }).map((n) => `2026-11-21T2${n}:00:00.000Z`);
const text = fc.oneof(
  fc.constantFrom("a", "b", "gpu-0", "ä", 'q"', "back\\slash", "", "t\tab"),
  fc.string({ maxLength: 4 }),
);
const number = fc.oneof(fc.nat(5), fc.constantFrom(-1, 1.5, 2 ** 53, 1e300, 0));
const record = fc.record(
  {
    device: text,
    workload: text,
    start: instant,
    end: fc.oneof(instant, fc.constantFrom("2026-11-21T23:30:00Z", "soon")),
    activity: fc.constantFrom("training", "idle", "resting"),
    flop: fc.oneof(
      fc.constantFrom("0", "12", "007", "123456789012345678901234567890", "1e5"),
      number,
    ),
    tokens: number,
    team: fc.oneof(text, fc.constant(null)),
    modelSha256: fc.constantFrom("0".repeat(64), "1".repeat(64), "x"),
    parents: fc.oneof(fc.array(text, { maxLength: 3 }), fc.constant("a")),
    note: fc.oneof(text, fc.constant("  ")),
    previous: text,
    extra: fc.constant(1),
  },
  { requiredKeys: ["device", "workload", "start", "end", "activity"] },
);
/** Programs differ in how they space JSON. */
const spaced = (value: object, style: number) => {
  if (style === 0) return JSON.stringify(value);
  const pairs = Object.entries(value).filter(([name]) => name !== "extra" || style === 2);
  const body = pairs.map(([name, one]) => `${JSON.stringify(name)}: ${JSON.stringify(one)}`);
  return style === 1 ? `{${body.join(", ")}}` : ` { ${body.join(" , ")} } `;
};

describe("activity logs in columns", () => {
  it("a line says the same whatever lines came before it: layouts that are known are read as others are", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(record, fc.nat(2)), { minLength: 1, maxLength: 30 }),
        (lines) => {
          const texts = lines.map(([value, style]) => spaced(value, style));
          // Twice, so that every layout is known the second time.
          const all = rows(read([...texts, ...texts].join("\n")));
          const twice = [...texts, ...texts].join("\n");
          expect(read(twice).chained).toBe(
            [...texts, ...texts].filter(
              (line, i) => i > 0 && read(line).count === 1 && "previous" in JSON.parse(line),
            ).length,
          );
          const alone = [...texts, ...texts].flatMap((line, i) =>
            rows(read(line)).map((row) => ({ ...row, line: i + 1 })),
          );
          expect(all).toEqual(alone);
        },
      ),
      { numRuns: scaled(400) },
    );
  });

  it("in pieces of any size, from Node's buffers, a log says what it says as a whole", () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 200 }),
        (values, size) => {
          let before = "";
          const lines = values.map((value) => {
            const {
              previous: _previous,
              extra: _extra,
              ...rest
            } = value as Record<string, unknown>;
            const line = JSON.stringify(
              before === "" ? rest : { ...rest, previous: toHex(sha256(utf8(before))) },
            );
            before = line;
            return line;
          });
          const content = lines.join("\r\n");
          const reader = new ActivityTableReader();
          reader.begin("log");
          const bytes = Buffer.from(content);
          for (let at = 0; at < bytes.length; at += size)
            reader.bytes(bytes.subarray(at, at + size));
          reader.end();
          const [pieces, whole] = [reader.table(), read(content)];
          expect(rows(pieces)).toEqual(rows(whole));
          expect([pieces.broken, pieces.chained]).toEqual([whole.broken, whole.chained]);
          expect(whole.broken).toEqual([]);
          expect(bytes.toString()).toBe(content);
        },
      ),
      { numRuns: scaled(200) },
    );
  });

  it("any change of a character in a line of a known layout is read as a line of its own is", () => {
    const line = JSON.stringify({
      device: "gpu-0",
      workload: "w",
      start: "2026-11-21T20:00:00.000Z",
      end: "2026-11-21T20:01:00.000Z",
      activity: "training",
      flop: "1234567890123456789",
      tokens: 100,
      parents: ["v"],
      note: "n",
    });
    fc.assert(
      fc.property(
        fc.nat(line.length - 1),
        fc.constantFrom(...'"\\{}[],: 0123456789eE.-+tan\t\u0000é'),
        (at, character) => {
          const other = line.slice(0, at) + character + line.slice(at + 1);
          if (other.includes("\n")) return;
          const [first, second] = [read(`${line}\n${line}\n${other}`), read(other)];
          expect(
            rows(first)
              .slice(2)
              .map(({ line: _line, ...row }) => row),
          ).toEqual(rows(second).map(({ line: _line, ...row }) => row));
        },
      ),
      { numRuns: scaled(2000) },
    );
  });

  it("times are what the engine's own clock makes of them, in every year", () => {
    const line = (start: string) =>
      JSON.stringify({
        device: "a",
        workload: "w",
        start,
        end: "9999-12-31T23:59:59.999Z",
        activity: "other",
      });
    fc.assert(
      fc.property(
        fc.date({ min: new Date("0001-01-01"), max: new Date("9998-01-01"), noInvalidDate: true }),
        (date) => {
          const [first, text] = ["2026-01-01T00:00:00.000Z", date.toISOString()];
          const table = read([first, text, text.replace(/\.\d+/, "")].map(line).join("\n"));
          expect([...table.startMs].slice(1)).toEqual([
            date.getTime(),
            Math.floor(date.getTime() / 1000) * 1000,
          ]);
        },
      ),
    );
    for (const wrong of [
      "2026-02-29T00:00:00.000Z",
      "2026-13-01T00:00:00.000Z",
      "2026-01-01T24:00:01.000Z",
      "2026-01-01T00:60:00.000Z",
    ]) {
      expect(read([line("2026-01-01T00:00:00.000Z"), line(wrong)].join("\n")).count, wrong).toBe(1);
    }
  });

  it("FLOP keep all their digits", () => {
    const line = (flop: unknown) =>
      JSON.stringify({
        device: "a",
        workload: "w",
        start: "2026-11-21T20:00:00Z",
        end: "2026-11-21T20:01:00Z",
        activity: "other",
        flop,
      });
    const table = read(
      [line("123456789012345678901234567890"), line(9007199254740991), line("5")].join("\n"),
    );
    expect([...table.flopHigh]).toEqual([123456789012345, 9, 0]);
    expect([...table.flopLow]).toEqual([678901234567890, 7199254740991, 5]);
  });

  it("a field that is named twice, and a line that is too long, are set aside", () => {
    const twice =
      '{"device":"a","workload":"w","start":"2026-11-21T20:00:00Z","end":"2026-11-21T20:01:00Z","activity":"other","flop":"9","fl\\u006fp":"1"}';
    const { setAside, count } = read(
      `${twice}\n${twice.replace('"w"', `"${"w".repeat(200_000)}"`)}`,
    );
    expect([count, setAside.count]).toEqual([0, 2]);
    expect(setAside.first.map(({ reason }) => reason)).toEqual([
      "expected each field once, got one twice",
      expect.stringContaining("at most 100000"),
    ]);
  });
});

describe("a log that is read in two parts", () => {
  const hash = (line: Uint8Array) => toHex(sha256(line));
  const partOf = (lines: readonly string[], before?: string) => {
    const reader = new ActivityTableReader({ hash });
    reader.begin("log", before === undefined ? undefined : utf8(before));
    reader.bytes(utf8(lines.map((line) => `${line}\n`).join("")));
    reader.end();
    return reader.part();
  };
  const line = fc.oneof(
    record.map((one) => JSON.stringify(one)),
    fc.constantFrom("no record", "{}", '{"device":"a","unknown":1}'),
  );

  it("what a line that is set aside names is not kept, whatever was read before it", () => {
    const good =
      '{"device":"a","workload":"a","start":"2026-11-21T20:00:00Z","end":"2026-11-21T20:05:00Z","activity":"training"}';
    const bad = good.replace('"device":"a","workload":"a"', '"device":"b","workload":""');
    const { table } = partOf([good, bad]);
    expect([table.count, table.setAside.count, table.texts.all]).toEqual([1, 1, ["a"]]);
  });

  it("gives the table that reading it at once gives, wherever it is cut, chained or not", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.nat(), fc.boolean(), (plain, at, chain) => {
        const lines: string[] = [];
        for (const one of plain) {
          const before = lines.at(-1);
          lines.push(
            chain && before !== undefined && one.startsWith('{"')
              ? `${one.slice(0, -1)},"previous":"${at % 3 === 0 ? "0".repeat(64) : hash(utf8(before))}"}`
              : one,
          );
        }
        const cut = lines.length === 0 ? 0 : 1 + (at % lines.length);
        if (cut >= lines.length) return;
        const second = partOf(lines.slice(cut), lines[cut - 1]);
        const sent = { ...second, table: unpackTable(structuredClone(packTable(second.table))) };
        const joined = joinParts(partOf(lines.slice(0, cut)), sent);
        const whole = partOf(lines).table;
        expect(packTable({ ...joined })).toEqual(packTable({ ...whole }));
      }),
    );
  });
});
