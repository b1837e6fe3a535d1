import {
  decodeBundle,
  encodeBundle,
  parseTilePath,
  tilePath,
  tilesOfSize,
  utf8,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("c2sp.org/tlog-tiles", () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, "tile/0/000"],
    [{ level: 0, index: 273, width: 112 }, "tile/0/273.p/112"],
    [{ level: 1, index: 1_234_067, width: 256 }, "tile/1/x001/x234/067"],
    [{ level: "entries", index: 0, width: 7 }, "tile/entries/000.p/7"],
  ] as const)("path of %o", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    "tile/0/0",
    "tile/0/x000/001",
    "tile/0/000.p/256",
    "tile/0/000.p/01",
    "tile/64/000",
    "tile/00/000",
  ])("%s is no tile path", (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });

  it("a log of 70,000 has 273 full tiles, then partial ones of 112, 17 and 1", () => {
    const tiles = [...tilesOfSize(70_000)].filter((tile) => tile.level !== "entries");
    expect(tiles.filter((tile) => tile.level === 0 && tile.width === 256)).toHaveLength(273);
    expect(
      tiles.filter((tile) => tile.width < 256).map(({ level, width }) => [level, width]),
    ).toEqual([
      [0, 112],
      [1, 17],
      [2, 1],
    ]);
  });

  it("a log of 256 has one full tile and one hash above it", () => {
    expect([...tilesOfSize(256)].map(tilePath)).toEqual([
      "tile/entries/000",
      "tile/0/000",
      "tile/1/000.p/1",
    ]);
  });

  it("bundles give back their entries and refuse other counts and torn ends", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (entries) => {
        const bytes = encodeBundle(entries);
        expect(decodeBundle(bytes, entries.length)).toEqual(entries);
        expect(() => decodeBundle(bytes, entries.length + 1)).toThrow();
        expect(() => decodeBundle(new Uint8Array([...bytes, 0]), entries.length)).toThrow();
      }),
    );
    expect(() => encodeBundle([new Uint8Array(65_536)])).toThrow(/65535/);
    expect(() => decodeBundle(utf8("\u0000\u0005abc"), 1)).toThrow();
  });
});
