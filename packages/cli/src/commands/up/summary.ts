import { join } from "node:path";
import type { PublishedRound } from "@standstill/views";
import { table } from "../../output.ts";

/** What a round came to, for people: who is bound, each party's verdict and why, and how to check it. */
export function summary(round: PublishedRound, directory: string): string {
  const bound = new Set(round.bound);
  const names = new Map(round.parties.map(({ id, name }) => [id, name]));
  const rows = round.parties.map((party) => [
    party.name,
    party.verdict,
    bound.has(party.id) ? "bound" : "not bound",
    reason(party),
  ]);
  const holds = round.bound.map((id) => names.get(id)).join(", ");
  return [
    `The standstill holds for ${round.bound.length} of ${round.parties.length} parties${holds === "" ? "" : `: ${holds}`}. The parties are invented; their readings are recorded ones.`,
    "",
    table(["party", "verdict", "pledge", "because"], rows),
    "",
    `Record: ${round.record.size} statements, root ${round.record.root}`,
    `Check it yourself: npx standstill audit ${directory} --policy ${join(directory, "policy")}`,
  ].join("\n");
}

function reason(party: PublishedRound["parties"][number]): string {
  const finding = party.findings[0]?.sentence;
  const gap = party.duties.flatMap((duty) => duty.gaps)[0]?.sentence;
  return finding ?? gap ?? "No finding, and no gap against the agreed goals.";
}
