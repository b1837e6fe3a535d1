import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Drill, drillReport, playDrill } from "@standstill/simulation";
import { readExample } from "@standstill/simulation/files";
import { beforeAll, describe, expect, it } from "vitest";

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

describe("a drill from the tripwire to the lifting", () => {
  let drill: Drill;
  beforeAll(async () => {
    drill = await playDrill((await readExample(at("agreements"))).draft);
  });
  const act = (title: string) => drill.acts.find((one) => one.title === title) as Drill["acts"][0];
  const answers = () => Object.fromEntries(drill.jobs.map(({ job, decision }) => [job, decision]));

  it("trips by two measurers, and binds everybody to a pause", () => {
    expect(act("The tripwire").holds).toEqual([
      "article-4-horizon is tripped; article-6 binds everybody to a pause.",
      "5 of 5 are bound, to pause.",
    ]);
  });

  it("gates refuse training, list what has to stop, and let go on what the agreement leaves", () => {
    expect(answers()).toEqual({
      "aster-train": "allow",
      "aster-more": "refuse",
      "aster-chat": "allow",
      "aster-safety": "allow",
      "cedar-early": "refuse",
      "borealis-small": "allow",
      "borealis-large": "refuse",
    });
    expect(act("The brake").holds).toEqual([
      "Aster’s gate lists to stop: aster-train.",
      "0 of 5 sites have shown a stop: reports from before do not count.",
    ]);
  });

  it("the reports show who stopped and who did not, and after the case that all did", () => {
    const standings = ({ sites }: Drill["stops"]["first"]) =>
      sites.map(({ party, standing }) => `${party} ${standing}`);
    expect(standings(drill.stops.first)).toEqual([
      ...["aster kept", "borealis kept", "cedar kept", "dune not-kept", "ember kept"],
    ]);
    expect(new Set(drill.stops.last.sites.map(({ standing }) => standing))).toEqual(
      new Set(["kept"]),
    );
    expect(drill.stops.first.sites.every(({ isLate }) => !isLate)).toBe(true);
  });

  it("the case ends in a ruling, a remedy and its confirmation; early rulings and the accused's own vote are refused", () => {
    const [early, own, end] = act("The case").holds;
    expect(early).toContain("it is to-come");
    expect(own).toContain("expected valid signatures of 2 for panel, got 1");
    expect(end).toBe("The case is closed; its outcome: remedied.");
  });

  it("is lifted thirty days after safeguards and vote, and a ramp stays", () => {
    const [line] = act("The lifting").holds;
    expect(line).toBe("lifted on day 82. Nobody is bound.");
    const ramp = drill.jobs.find(({ job }) => job === "borealis-large");
    expect(ramp?.sentence).toContain("Expected at most 2.00e21 FLOP in a run");
  });

  it("replays from nothing to the same, and its report is docs/drill.md", async () => {
    expect(drill.isReplayed).toBe(true);
    expect(drillReport(drill)).toBe(await readFile(at("docs/drill.md"), "utf8"));
  });
});
