import { EvidenceError } from "@standstill/evidence";
import { parseAdherence, parseClusters, parseModels } from "@standstill/evidence/formats";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const HEAD = "state,iso3,signed,deposited,withdrawn,kind";

describe("a table of adherence", () => {
  it("names parties by their code, or by their name where they have none", () => {
    const rows = `${HEAD}\nFrance,FRA,,2016-10-05,,Ratification\nEuropean Union,,,2016-10-05,2020-01-01,Approval\n`;
    expect(parseAdherence(rows)).toEqual([
      { party: "fra", kind: "Ratification", deposited: "2016-10-05", withdrawn: undefined },
      {
        party: "european-union",
        kind: "Approval",
        deposited: "2016-10-05",
        withdrawn: "2020-01-01",
      },
    ]);
  });

  it.each([
    ["a column that is missing", "state,iso3,deposited,withdrawn\n", /column kind/, "line 1"],
    ["a day that is none", `${HEAD}\nFrance,FRA,,soon,,Ratification\n`, /got "soon"/, "line 2"],
    ["a quote that does not end", `${HEAD}\n"France,FRA\n`, /table with commas/, undefined],
  ])("%s is refused, at its line", (_name, text, message, place) => {
    expect(() => parseAdherence(text)).toThrow(message);
    expect(errorOf(() => parseAdherence(text))?.place).toBe(place);
  });
});

describe("tables of models and clusters", () => {
  const MODELS = "Model,Organization,Publication date,Training compute (FLOP)";
  const CLUSTERS = "Name,Status,Certainty,Owner,H100 equivalents,Possible Duplicate";

  it("leave out what has no known size, what does not exist and what is listed twice", () => {
    const models = parseModels(`${MODELS}\nOne,"A, B",2024-01-01,1e24\nTwo,C,2024-01-01,\n`);
    expect(models).toMatchObject([{ name: "One", organisations: ["A", "B"] }]);
    const clusters = parseClusters(
      `${CLUSTERS}\nOne,Existing,Confirmed,A,100,\nTwo,Planned,Confirmed,A,100,\nThree,Existing,Confirmed,A,100,True\nFour,Existing,Unlikely,A,100,\n`,
    );
    expect(clusters.map(({ name }) => name)).toEqual(["One"]);
  });
});

it("any bytes end in rows or in an error of the closed set", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom(HEAD, ""), (text, head) => {
      for (const parse of [parseAdherence, parseModels, parseClusters])
        expect(errorOf(() => parse(`${head}\n${text}`))?.code ?? "malformed-file").toBe(
          "malformed-file",
        );
    }),
  );
});

function errorOf(work: () => unknown): EvidenceError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof EvidenceError) return error;
    throw error;
  }
}
