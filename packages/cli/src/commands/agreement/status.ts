import {
  type Change,
  conditionSentence,
  countSupports,
  dutiesOf,
  elapseTo,
  NOTHING_ASKED,
  rulesOf,
  type Terms,
} from "@standstill/agreement";
import type { TileTree } from "@standstill/record";
import { type State, stateAt } from "@standstill/replay";
import { roundOf } from "@standstill/views";
import { EXIT } from "../../exit-codes.ts";
import { json, type Terminal, table, UsageError } from "../../output.ts";
import { recordOf } from "../../record-target.ts";
import { changeWords, instantWords, nameIn } from "./words.ts";

/** Options of `standstill agreement status`. */
export interface StatusOptions {
  /** Day or instant; the newest mark where absent. */
  readonly at?: number;
  /** Entries that were known; all where absent. */
  readonly knownAt?: number;
  readonly json: boolean;
}

const MOST_CHANGES = 20;

/** `standstill agreement status`: who is bound by a record at an instant, why, and what is to come. */
export async function statusCommand(
  target: string,
  options: StatusOptions,
  terminal: Terminal,
): Promise<number> {
  const { state: newest, tree } = await recordOf(target);
  const size = options.knownAt ?? newest.size;
  if (size > newest.size)
    throw new UsageError(
      `expected a size of at most ${newest.size}, got ${size}`,
      "Leave --known-at out for everything that is known.",
    );
  const at = options.at ?? (await clockAt(tree, newest, size));
  const then = await stateAt(entriesOf(tree), at, size);
  const { terms } = then.state.agreement;
  const agreement = { ...then.state.agreement, coalition: then.coalition };
  const { bound, bindings } = roundOf({ ...then.state, agreement });
  const toCome = terms === undefined ? [] : changesToCome(terms, then.coalition);
  const amendments = [...agreement.amendments].map(([hash, one]) => ({
    terms: hash,
    version: one.terms.version,
    consents: [...one.consents.keys()],
    adopted: one.adoptedAt !== undefined,
  }));
  const letters = [...new Set([...agreement.supports.values()].map(({ letter }) => letter))];
  const supports = letters.map((letter) => ({
    letter,
    ...countSupports(agreement.supports, letter),
  }));
  if (options.json) {
    const duties = bound.map((party) => ({
      party,
      duties: terms === undefined ? [] : dutiesOf(terms, then.coalition, party),
    }));
    terminal.out(
      json({
        size: then.state.size,
        knownAt: size,
        at: new Date(at).toISOString(),
        projected: then.projected,
        bound,
        bindings,
        duties,
        history: then.coalition.history,
        toCome,
        amendments,
        supports,
      }),
    );
    return EXIT.ok;
  }
  const name = nameIn(terms);
  const rows = bindings.map((one) => [
    name(one.party),
    statusWords(one.bound, one.status, one.mode),
    one.since === null ? "never" : String(one.since),
    one.missing.length === 0
      ? conditionSentence(agreement.coalition.pledges.get(one.party)?.while ?? NOTHING_ASKED, name)
      : `missing: ${one.missing.map((part) => conditionSentence(part, name)).join("; ")}`,
  ]);
  terminal.out(
    [
      `${bound.length} of ${terms?.parties.length ?? 0} parties are bound ${instantWords(at)}, by ${then.state.size} of ${newest.size} statements${then.projected ? ", if nothing else is said" : ""}.`,
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
    ].join("\n"),
  );
  return EXIT.ok;
}

function changesToCome(terms: Terms, coalition: Parameters<typeof elapseTo>[1]): Change[] {
  const end = elapseTo(rulesOf(terms), coalition, Number.MAX_SAFE_INTEGER);
  return end.history.slice(coalition.history.length);
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
