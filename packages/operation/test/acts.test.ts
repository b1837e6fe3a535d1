import { ACTS } from "@standstill/operation";
import { statementKinds } from "@standstill/replay";
import { describe, expect, it } from "vitest";

describe("acts", () => {
  it("are there for every kind of statement that a record can hold, and for no other", () => {
    expect(Object.keys(ACTS).sort()).toEqual(statementKinds.map(({ type }) => type).sort());
  });
});
