import { nameSchema } from "@standstill/record";
import { z } from "zod";
import { modeSchema } from "../terms/mode.ts";
import { membersOf, type Roll } from "./roll.ts";
import { type NameAsked, neverMet, ruleOnBound } from "./rule.ts";

/** Met while so many parties, or all of a group, are bound. */
export type Count = z.infer<typeof schema>;

const schema = z.strictObject({
  kind: z.literal("count"),
  atLeast: z.union([z.int().min(1).max(100_000), z.literal("all")]),
  /** Group of the terms; all parties that count where absent. */
  group: nameSchema.optional(),
  /** Group whose members do not count here. */
  besides: nameSchema.optional(),
  mode: modeSchema.optional(),
  /** Kinds of instrument that count; all kinds where absent. */
  instruments: z.array(z.string().min(1).max(60)).min(1).max(10).optional(),
});

/** So many parties can block an entry into force for ever before it is a flaw. */
const MOST_VETOES = 5;

/** The rule of `count`. */
export const count = ruleOnBound<Count>({
  schema,
  isShared: true,
  names: ({ group, besides }) => [...asked("group", group), ...asked("besides", besides)],
  read: (own, reading) => {
    const parties = countedIn(own, reading.world.roll);
    return reading.weighed({
      // An empty group is never all there.
      need: own.atLeast === "all" ? Math.max(1, parties.length) : own.atLeast,
      parties,
      weight: () => 1,
      mode: own.mode ?? "cap",
      instruments: own.instruments,
    });
  },
  sentence: ({ atLeast, group, besides, mode, instruments }, { name }) => {
    const who = atLeast === "all" ? "all" : `at least ${atLeast}`;
    const members = group === undefined ? "of the parties" : `of ${name(group)}`;
    const others = besides === undefined ? "" : ` besides ${name(besides)}`;
    const kinds = instruments === undefined ? "" : ` by ${instruments.join(" or ").toLowerCase()}`;
    const strictness = mode === undefined ? "" : ` to a ${mode} or more`;
    return `${who} ${members}${others} are bound${kinds}${strictness}`;
  },
  lint: (own, { roll, isEntry }) => {
    const there = countedIn(own, roll).length;
    if (own.atLeast === "all" ? there === 0 : own.atLeast > there)
      return [neverMet(`It counts to ${own.atLeast}, but only ${there} parties can count.`)];
    if (!isEntry || own.atLeast !== "all" || there <= MOST_VETOES) return [];
    const sentence = `Each of ${there} parties can block the entry into force for ever. Ask for fewer, or say what happens if one stays away.`;
    return [{ rule: "entry-veto", sentence }];
  },
});

function countedIn({ group, besides }: Count, roll: Roll): string[] {
  const left = besides === undefined ? undefined : membersOf(roll, besides);
  return [...membersOf(roll, group)].filter(
    (party) => roll.counted.has(party) && left?.has(party) !== true,
  );
}

function asked(field: string, name: string | undefined): NameAsked[] {
  return name === undefined ? [] : [{ what: "group", name, field }];
}
