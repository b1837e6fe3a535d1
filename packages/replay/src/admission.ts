import { agreementPropose, type Terms, termsHash } from "@standstill/agreement";
import {
  AppendList,
  describeIssues,
  isRefusal,
  type Refusal,
  refuse,
  type SignedStatement,
  signersOf,
  timeMark,
} from "@standstill/record";
import { roleOf } from "./role-of.ts";
import { signaturesOf } from "./signing.ts";
import type { State } from "./state.ts";
import { type ReducedKind, statementKinds } from "./statement-kinds.ts";

const kindsByType = new Map(statementKinds.map((one) => [one.kind.type, one]));

/**
 * How signatures are checked: one by one, by a function that knows the answers, or not at all. Only who has checked them
 * under the same terms may say that they are checked.
 */
export type Signatures = "to-check" | "checked" | typeof signersOf;

/**
 * Admission: type, issuer and role, signature, agreement, sequence, body, and what its noun demands, in that order. The
 * server asks before it appends, and replay asks again: an entry that fails here is inert and charged to the keeper.
 *
 * @returns the state after the statement, or why it is refused
 */
export function admit(
  state: State,
  signed: SignedStatement,
  signatures: Signatures = "to-check",
): State | Refusal {
  const { statement } = signed;
  const known = kindsByType.get(statement.type);
  if (known === undefined) {
    return refuse("unknown-type", `expected a known type of statement, got "${statement.type}"`);
  }
  const parsed = known.kind.body.safeParse(statement.body);
  if (!parsed.success)
    return refuse("malformed-body", `${statement.type}: ${describeIssues(parsed.error)}`);
  const refusal =
    checkIssuer(state, signed, known, parsed.data, signatures) ??
    checkSequence(state, signed) ??
    checkTime(state, signed);
  if (refusal !== undefined) return refusal;
  const said = { id: signed.id, index: state.size, statement, body: parsed.data };
  const next = known.reduce(state, said as never);
  return isRefusal(next) ? next : advanced(next, signed);
}

/** The state after an entry, admitted or not. */
export function fold(
  state: State,
  signed: SignedStatement,
  signatures: Signatures = "to-check",
): State {
  const next = admit(state, signed, signatures);
  return isRefusal(next) ? charged(state, next) : next;
}

/** The state after an entry that the keeper should not have appended. */
export function charged(state: State, refusal: Refusal): State {
  return {
    ...state,
    size: state.size + 1,
    faults: state.faults.append({ ...refusal, index: state.size }),
  };
}

/** Issuers and keys come from the terms; the statement that brings the terms is judged by the terms it brings. */
function checkIssuer(
  state: State,
  signed: SignedStatement,
  { kind, signing }: ReducedKind,
  body: unknown,
  signatures: Signatures,
): Refusal | undefined {
  const { statement } = signed;
  const terms = state.agreement.terms ?? termsIn(body);
  if (terms === undefined) {
    return refuse("agreement-mismatch", "expected terms before any other statement, got none yet");
  }
  const role = roleOf(terms, statement.issuer);
  if (role === undefined)
    return refuse(
      "unknown-issuer",
      `expected a party, a role or the keeper, got "${statement.issuer}"`,
    );
  if (!kind.roles.includes(role)) {
    return refuse(
      "role-forbidden",
      `expected ${kind.type} from a ${kind.roles.join(" or ")}, got it from a ${role}`,
    );
  }
  if (signatures !== "checked") {
    const found = signatures === "to-check" ? signersOf : signatures;
    const asked = signing?.(state, body as never, statement.issuer);
    const { keyChanges } = state.agreement;
    const { needed: own, got } = signaturesOf(terms, keyChanges, signed, found, asked?.recused);
    const needed = Math.max(own, asked?.needed ?? 0);
    if (got < needed)
      return refuse(
        "signature-invalid",
        needed === 1
          ? `expected a valid signature by a key of ${statement.issuer}, got none`
          : `expected valid signatures of ${needed} for ${statement.issuer}, got ${got}`,
      );
  }
  const agreement = state.agreement.hash ?? termsHash(terms);
  return statement.agreement === agreement
    ? undefined
    : refuse("agreement-mismatch", `expected agreement ${agreement}, got ${statement.agreement}`);
}

/** The terms that a proposal brings. */
function termsIn(body: unknown): Terms | undefined {
  const proposed = agreementPropose.body.safeParse(body);
  return proposed.success ? proposed.data.terms : undefined;
}

function checkSequence(state: State, { statement, id }: SignedStatement): Refusal | undefined {
  const before = state.issuers.get(statement.issuer);
  const expected = before?.next ?? 0;
  if (statement.sequence > expected) {
    return refuse(
      "sequence-gap",
      `expected sequence ${expected} of ${statement.issuer}, got ${statement.sequence}`,
    );
  }
  if (statement.sequence < expected) {
    const place = before?.places.get(statement.sequence);
    const first = place === undefined ? undefined : state.statements.get(place);
    return first?.id === id
      ? refuse("already-said", `expected a new statement, got entry ${first.index} again`)
      : refuse(
          "sequence-repeated",
          `expected sequence ${expected} of ${statement.issuer}, got ${statement.sequence}, which entry ${first?.index} holds with other words`,
        );
  }
  if (before !== undefined && statement.issuedAt < before.lastIssuedAt) {
    return refuse(
      "issued-out-of-order",
      `expected a time from ${before.lastIssuedAt} on, got ${statement.issuedAt}`,
    );
  }
  return undefined;
}

/**
 * Where the terms say how often the time is marked, what an issuer says of the time must fall inside: not before the mark
 * before the last, and not later than two such times after the last.
 */
function checkTime(state: State, { statement }: SignedStatement): Refusal | undefined {
  const everyHours = state.agreement.terms?.marks?.everyHours;
  if (everyHours === undefined || statement.type === timeMark.type) return undefined;
  const { marks, clock } = state;
  const first = marks.get(Math.max(0, marks.size - 2))?.at ?? clock.at;
  const last = clock.at + 2 * everyHours * 3_600_000;
  const issuedAt = Date.parse(statement.issuedAt);
  if (issuedAt >= first && issuedAt <= last) return undefined;
  const [from, to] = [first, last].map((at) => new Date(at).toISOString());
  return refuse(
    "issued-outside-marks",
    `expected a time from ${from} to ${to}, as the record's marks tell, got ${statement.issuedAt}`,
  );
}

function advanced(state: State, { id, statement }: SignedStatement): State {
  const { type, issuer, sequence, issuedAt } = statement;
  return {
    ...state,
    size: state.size + 1,
    issuers: state.issuers.set(issuer, {
      next: sequence + 1,
      lastIssuedAt: issuedAt,
      places: (state.issuers.get(issuer)?.places ?? AppendList.empty<number>()).append(
        state.statements.size,
      ),
    }),
    statements: state.statements.append({
      index: state.size,
      id,
      type,
      issuer,
      sequence,
      issuedAt,
      party: partyIn(statement.body) ?? issuer,
    }),
  };
}

function partyIn(body: unknown): string | undefined {
  const { party } = body as { readonly party?: unknown };
  return typeof party === "string" ? party : undefined;
}
