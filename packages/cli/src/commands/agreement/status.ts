import { conditionSentence, NOTHING_ASKED } from "@standstill/agreement";
import type { TileTree } from "@standstill/record";
import { type State, type StateAt, stateAt } from "@standstill/replay";
import { type AgreementStatus, agreementStatusOf } from "@standstill/views";
import { defineCommand } from "../../command/define.ts";
import { count, instant, recordPlace } from "../../command/format.ts";
import { needed, optional } from "../../command/input.ts";
import { table, UsageError } from "../../output.ts";
import { recordIn } from "../../record-place.ts";
import { changeWords, instantWords, nameIn } from "./words.ts";

/** `standstill agreement status`: who is bound by a record at an instant, why, and what is to come. */
export const command = defineCommand({
  summary: "Tell who is bound by a record at an instant, why, and what is to come",
  arguments: { record: needed("<dir|url>", "the record", recordPlace) },
  options: {
    at: optional(
      "<day>",
      "at this day or instant, past or future; the newest mark where absent",
      instant,
    ),
    knownAt: optional("<size>", "as known when the record had so many statements", count),
  },
  examples: [
    "standstill agreement status .standstill",
    "standstill agreement status .standstill --at 2030-01-01 --json",
  ],
  action: async ({ record, at: asked, knownAt }, terminal) => {
    const { state: newest, tree } = await recordIn(record);
    const size = knownAt ?? newest.size;
    if (size > newest.size)
      throw new UsageError(
        `expected a size of at most ${newest.size}, got ${size}`,
        "Leave --known-at out for everything that is known.",
      );
    const at = asked ?? (await clockAt(tree, newest, size));
    const then = await stateAt(entriesOf(tree), at, size);
    const status = agreementStatusOf(then);
    terminal.answer(
      { size: then.state.size, knownAt: size, at: new Date(at).toISOString(), ...status },
      () => describe(status, then, `${instantWords(at)}, by ${then.state.size} of ${newest.size}`),
    );
    return "ok";
  },
});

/** Changes to come that are told in words. */
const MOST_CHANGES = 20;

function describe(status: AgreementStatus, then: StateAt, when: string): string {
  const { bound, bindings, toCome, amendments, supports, projected } = status;
  const { terms } = then.state.agreement;
  const name = nameIn(terms);
  const rows = bindings.map((one) => [
    name(one.party),
    statusWords(one.bound, one.status, one.mode),
    one.since === null ? "never" : String(one.since),
    one.missing.length === 0
      ? conditionSentence(then.coalition.pledges.get(one.party)?.while ?? NOTHING_ASKED, name)
      : `missing: ${one.missing.map((part) => conditionSentence(part, name)).join("; ")}`,
  ]);
  return [
    `${bound.length} of ${terms?.parties.length ?? 0} parties are bound ${when} statements${projected ? ", if nothing else is said" : ""}.`,
    "",
    table(["party", "status", "since entry", "while, or what is missing"], rows),
    ...(toCome.length === 0
      ? []
      : [
          "",
          "To come, if nothing else is said:",
          ...toCome.slice(0, MOST_CHANGES).map((change) => `  ${changeWords(change, name)}`),
        ]),
    ...amendments.map(
      (one) =>
        `Amendment ${one.terms.slice(0, 16)}… (version ${one.version}): ${one.adopted ? "adopted by its rule" : "no effect, its rule is not met"}; ${one.consents.length} consent.`,
    ),
    ...supports.map(
      ({ letter, standing, verified, withdrawn, pledged }) =>
        `Letter ${letter.slice(0, 16)}…: ${standing} support it (${verified["organisation-key"]} by organisation key, ${verified["e-mail"]} by e-mail, ${verified.unverified} unverified); ${withdrawn} withdrew, ${pledged} became pledges.`,
    ),
  ].join("\n");
}

function statusWords(isBound: boolean, status: string, mode: string): string {
  return isBound ? `bound to a ${mode}` : status === "offered" ? "not bound" : status;
}

/** The record's own clock when it had so many entries: the time of the last mark among them. */
async function clockAt(tree: TileTree, newest: State, size: number): Promise<number> {
  if (size === newest.size) return newest.clock.at;
  return (await stateAt(entriesOf(tree), Number.MAX_SAFE_INTEGER, size)).state.clock.at;
}

async function* entriesOf(tree: TileTree): AsyncGenerator<Uint8Array> {
  for await (const { entries } of tree.bundles()) yield* entries;
}
