import type { z } from "zod";
import type { Facts } from "../facts.ts";
import type { Mode } from "../terms/mode.ts";
import type { Roll } from "./roll.ts";

/** Everything that conditions are judged by at one instant, except who is bound. */
export interface World {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly facts: Facts;
  readonly roll: Roll;
  /** Last instant at which each `held` condition held before now, by its words. */
  readonly held: ReadonlyMap<string, number>;
}

/**
 * A way of reading conditions: as yes or no, as gates of a circuit, as what is lacking. A kind of condition says what it means
 * once, in these words; a reading says what the words come to. So no two readings can differ about a kind.
 */
export interface Reading<Value, Part> {
  readonly world: World;
  /** Something that the world alone decides. */
  readonly fact: (isSo: boolean) => Value;
  /** A party is bound, at a mode or a stricter one. */
  readonly bound: (party: string, mode: Mode) => Value;
  /** Those bound of some parties weigh enough together. */
  readonly weighed: (scales: Scales) => Value;
  /** So many of some conditions are met. */
  readonly atLeast: (number: number, of: readonly Part[]) => Value;
  /** A condition is not met. */
  readonly not: (condition: Part) => Value;
  /** Another condition. */
  readonly part: (condition: Part) => Value;
}

/** Parties that are weighed, each of whom counts while it is bound at the mode by one of the instruments. */
export interface Scales {
  /** The weight that is enough. */
  readonly need: number;
  readonly parties: readonly string[];
  readonly weight: (party: string) => number;
  readonly mode: Mode;
  /** Kinds of instrument that count; all kinds where absent. */
  readonly instruments: readonly string[] | undefined;
}

const wordsKnown = new WeakMap<object, string>();

/** The words of a condition: in the same words it is the same condition, whoever asks. */
export function wordsOf(condition: object): string {
  const known = wordsKnown.get(condition);
  if (known !== undefined) return known;
  const words = JSON.stringify(condition);
  wordsKnown.set(condition, words);
  return words;
}

/** A condition inside another, with its path there. */
export interface Inner<Part> {
  readonly path: readonly (string | number)[];
  readonly condition: Part;
}

/** A name that a condition takes from the terms, and the field in which it stands. */
export interface NameAsked {
  readonly what: "party" | "group" | "table of weights" | "tripwire" | "safeguard";
  readonly name: string;
  readonly field: string;
}

/** How a sentence about a condition says names and the conditions inside it. */
export interface Words<Part> {
  readonly name: (id: string) => string;
  /** A condition inside, in brackets where it would run into its neighbours. */
  readonly part: (condition: Part) => string;
}

/** What a lint rule about one kind of condition looks at besides the condition. */
export interface Surroundings {
  readonly roll: Roll;
  /** Evasions that checks are played against. */
  readonly evasions: readonly string[];
  /** Whether it is, or stands in, the condition of entry into force. */
  readonly isEntry: boolean;
}

/** A flaw of one condition: the lint rule, and the sentence that says what is wrong and what would mend it. */
export interface ConditionFlaw {
  readonly rule: string;
  readonly sentence: string;
}

/** The flaw of a condition that can never be met, whatever is said. */
export function neverMet(why: string): ConditionFlaw {
  return {
    rule: "condition-never",
    sentence: `This condition can never hold. ${why} Ask for less.`,
  };
}

/** Who can say something alone, by the terms; ids of parties, roles and the keeper. */
export interface Powers {
  readonly keeper: string;
  /** Whose single signature rules on a question. */
  readonly rules: readonly string[];
  /** Whose single signature accepts a safeguard. */
  readonly assesses: (safeguard: string) => readonly string[];
  /** Whose measurements alone trip a tripwire, or who can keep it from tripping by not measuring. */
  readonly measures: (tripwire: string) => readonly string[];
}

/** Everything that the software knows of one kind of condition. `Part` is what stands inside it. */
export interface ConditionRule<Own, Part = never> {
  /** Its form, on record and in terms. */
  readonly schema: z.ZodType<Own> & z.core.$ZodTypeDiscriminable;
  /** What decides it: facts and dates, who is bound, or the conditions inside it. */
  readonly rests: "facts" | "bound" | "parts";
  /** Whether reading it takes long and comes to the same for everybody who asks in the same words. */
  readonly isShared: boolean;
  readonly parts: (own: Own) => readonly Inner<Part>[];
  readonly names: (own: Own) => readonly NameAsked[];
  readonly read: <Value>(own: Own, reading: Reading<Value, Part>) => Value;
  /** What facts, the date or the past alone say of it; nothing where they say nothing. */
  readonly worldly: ((own: Own, world: World) => boolean) | undefined;
  /** The instant at which time alone may change it, where there is one. */
  readonly turnsAt: ((own: Own, facts: Facts) => number | undefined) | undefined;
  /** The end of a sentence that begins "while". */
  readonly sentence: (own: Own, words: Words<Part>) => string;
  /** What stands above the conditions inside it, where they are listed below. */
  readonly heading: ((own: Own) => string) | undefined;
  /** Whether its sentence needs brackets inside another. */
  readonly needsBrackets: (own: Own) => boolean;
  readonly lint: (own: Own, surroundings: Surroundings) => readonly ConditionFlaw[];
  /** Those of whom one alone can bring it about or undo it. */
  readonly setBy: (own: Own, powers: Powers, roll: Roll) => readonly string[];
}

type FactRule<Own> = Pick<ConditionRule<Own>, "schema" | "names" | "sentence" | "setBy"> &
  Partial<Pick<ConditionRule<Own>, "turnsAt" | "lint">> & {
    readonly holds: (own: Own, world: World) => boolean;
  };

/** The rule of a kind that facts and dates decide: it says what holds, and who can make it hold. */
export function ruleOnFacts<Own>({ holds, ...own }: FactRule<Own>): ConditionRule<Own> {
  return {
    turnsAt: undefined,
    lint: () => [],
    ...own,
    rests: "facts",
    isShared: false,
    parts: () => [],
    read: (condition, reading) => reading.fact(holds(condition, reading.world)),
    worldly: holds,
    heading: undefined,
    needsBrackets: () => false,
  };
}

type BoundRule<Own> = Pick<
  ConditionRule<Own>,
  "schema" | "isShared" | "names" | "read" | "sentence" | "lint"
>;

/** The rule of a kind that asks who is bound. Nobody sets that but the parties, by their pledges. */
export function ruleOnBound<Own>(own: BoundRule<Own>): ConditionRule<Own> {
  return {
    ...own,
    rests: "bound",
    parts: () => [],
    worldly: undefined,
    turnsAt: undefined,
    heading: undefined,
    needsBrackets: () => false,
    setBy: () => [],
  };
}

type PartsRule<Own, Part> = Pick<
  ConditionRule<Own, Part>,
  "schema" | "parts" | "read" | "sentence" | "needsBrackets"
> &
  Partial<Pick<ConditionRule<Own, Part>, "lint" | "isShared" | "worldly">> & {
    readonly heading: (own: Own) => string;
  };

/** The rule of a kind that the conditions inside it decide. */
export function ruleOnParts<Own, Part>(own: PartsRule<Own, Part>): ConditionRule<Own, Part> {
  return {
    lint: () => [],
    isShared: false,
    worldly: undefined,
    ...own,
    rests: "parts",
    names: () => [],
    turnsAt: undefined,
    setBy: () => [],
  };
}
