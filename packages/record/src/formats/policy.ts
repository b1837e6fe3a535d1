import { RecordError } from "../error.ts";
import { there } from "../there.ts";
import { quote, toHex } from "./encoding.ts";
import { cosigningVerifier, ED25519_TYPE, type NoteVerifier, parseVerifier } from "./verifier.ts";

/** Whom an auditor trusts: log keys, witnesses, and which witnesses together make a quorum (c2sp.org/tlog-policy). */
export interface Policy {
  readonly logs: readonly NoteVerifier[];
  readonly witnesses: ReadonlyMap<string, NoteVerifier>;
  readonly groups: ReadonlyMap<
    string,
    { readonly needed: number; readonly members: readonly string[] }
  >;
  /** Name of a witness or group, or "none". */
  readonly quorum: string;
}

const MAX_LINES = 1000;

/** Parses a policy file. Names are defined before use, belong to one group at most, and keys appear once. */
export function parsePolicy(text: string): Policy {
  const logs: NoteVerifier[] = [];
  const witnesses = new Map<string, NoteVerifier>();
  const groups = new Map<string, { needed: number; members: string[] }>();
  const grouped = new Set<string>();
  const keys = new Set<string>();
  let quorum: string | undefined;
  const lines = text.split("\n");
  if (lines.length > MAX_LINES) {
    throw new RecordError(
      "limit-exceeded",
      `expected a policy of at most ${MAX_LINES} lines, got ${lines.length}`,
    );
  }
  if (/[^\t\n\x20-\x7e\x80-\u{10ffff}]/u.test(text)) {
    const message = "expected no control characters but tabs and newlines in a policy, got others";
    throw new RecordError("malformed-policy", message);
  }
  for (const [number, line] of lines.entries()) {
    const refuse = (expected: string) =>
      new RecordError(
        "malformed-policy",
        `line ${number + 1}: expected ${expected}, got ${quote(line)}`,
      );
    const items = line
      .replace(/#.*$/, "")
      .split(/[ \t]+/)
      .filter((item) => item !== "");
    const [keyword, ...rest] = items;
    if (keyword === undefined) continue;
    const define = (name: string | undefined): string => {
      if (name === undefined || name === "none" || witnesses.has(name) || groups.has(name)) {
        throw refuse("a new name");
      }
      return name;
    };
    const fresh = (verifier: NoteVerifier): NoteVerifier => {
      const key = toHex(verifier.publicKey);
      if (keys.has(key)) throw refuse("each key once");
      keys.add(key);
      return verifier;
    };
    if (keyword === "log" && rest[0] !== undefined && rest.length <= 2) {
      const verifier = fresh(parseVerifier(rest[0]));
      if (verifier.type !== ED25519_TYPE) throw refuse("a log key of type 01");
      logs.push(verifier);
    } else if (keyword === "witness" && rest[1] !== undefined && rest.length <= 3) {
      witnesses.set(define(rest[0]), cosigningVerifier(fresh(parseVerifier(rest[1]))));
    } else if (keyword === "group" && rest.length >= 3) {
      const name = define(rest[0]);
      const members = rest.slice(2);
      for (const member of members) {
        if (!witnesses.has(member) && !groups.has(member)) throw refuse("members defined before");
        if (grouped.has(member)) throw refuse("each member in one group only");
        grouped.add(member);
      }
      const needed = rest[1] === "all" ? members.length : rest[1] === "any" ? 1 : Number(rest[1]);
      if (!Number.isInteger(needed) || needed < 1 || needed > members.length) {
        throw refuse(`"all", "any" or 1 to ${members.length}`);
      }
      groups.set(name, { needed, members });
    } else if (keyword === "quorum" && rest.length === 1 && quorum === undefined) {
      quorum = there(rest[0]);
      if (quorum !== "none" && !witnesses.has(quorum) && !groups.has(quorum))
        throw refuse("a name defined before");
    } else {
      throw refuse('"log", "witness", "group" or one "quorum" with their items');
    }
  }
  if (logs.length === 0 || quorum === undefined) {
    throw new RecordError(
      "malformed-policy",
      "expected at least one log and exactly one quorum, got less",
    );
  }
  return { logs, witnesses, groups, quorum };
}

/** Whether the keys that verified a checkpoint meet the policy's quorum. */
export function quorumMet(policy: Policy, verified: readonly NoteVerifier[]): boolean {
  const keys = new Set(
    verified.filter((v) => v.type !== ED25519_TYPE).map((v) => toHex(v.publicKey)),
  );
  const met = (name: string): boolean => {
    const witness = policy.witnesses.get(name);
    if (witness !== undefined) return keys.has(toHex(witness.publicKey));
    const group = policy.groups.get(name);
    return group !== undefined && group.members.filter(met).length >= group.needed;
  };
  return policy.quorum === "none" || met(policy.quorum);
}
