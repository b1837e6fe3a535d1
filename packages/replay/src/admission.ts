import { agreementPropose, roleOf, signaturesOf, termsHash } from "@standstill/agreement";
import {
  AppendList,
  describeIssues,
  HOUR_MS,
  isRefusal,
  type Refusal,
  type Role,
  refuse,
  type SignedStatement,
  type SignersAsked,
  signersOf,
  timeMark,
} from "@standstill/record";
import { findKind, isUnknownVersion } from "./find-kind.ts";
import { isUnderTerms, type State, type StateUnderTerms } from "./state.ts";
import type { StatementKind } from "./statement-kind.ts";

/**
 * How signatures are checked: one by one, by a function that knows the answers, or not at all. Only who has checked them
 * under the same terms may say that they are checked.
 */
export type Signatures = "to-check" | "checked" | typeof signersOf;

/**
 * Admission: type and version, body, issuer and role, signatures, agreement, sequence, time, and what its noun demands, in that order. The
 * server asks before it appends, and replay asks again: an entry that fails here is inert, and charged to the keeper unless
 * this program does not understand it.
 *
 * @returns the state after the statement, or why it is refused
 */
export function admit(
  state: State,
  signed: SignedStatement,
  signatures: Signatures = "to-check",
): State | Refusal {
  const kind = findKind(signed.statement);
  if (isRefusal(kind)) return kind;
  return isUnderTerms(state)
    ? admitUnderTerms(state, signed, kind, signatures)
    : admitFirst(state, signed, signatures);
}

function admitUnderTerms(
  state: StateUnderTerms,
  signed: SignedStatement,
  kind: StatementKind,
  signatures: Signatures,
): State | Refusal {
  const { id, statement } = signed;
  const spoken = kind.read(statement.body);
  if (isRefusal(spoken)) return spoken;
  const asked = () => spoken.signers(state, statement.issuer);
  const refusal =
    checkSaying(state, signed, kind.roles, asked, signatures) ?? checkTime(state, signed);
  if (refusal !== undefined) return refusal;
  const next = spoken.reduce(state, { id, index: state.size, statement });
  return isRefusal(next) ? next : advanced(next, signed);
}

/** The first statement brings the terms, and is judged by the terms that it brings. */
function admitFirst(
  state: State,
  signed: SignedStatement,
  signatures: Signatures,
): State | Refusal {
  const { id, statement } = signed;
  if (statement.type !== agreementPropose.type)
    return refuse("agreement-mismatch", "expected terms before any other statement, got none yet");
  const parsed = agreementPropose.body.safeParse(statement.body);
  if (!parsed.success)
    return refuse("malformed-body", `${statement.type}: ${describeIssues(parsed.error)}`);
  const { terms } = parsed.data;
  const proposed = { ...state.agreement, terms, hash: termsHash(terms) };
  const judge: StateUnderTerms = { ...state, agreement: proposed };
  const refusal = checkSaying(judge, signed, agreementPropose.roles, () => undefined, signatures);
  if (refusal !== undefined) return refusal;
  const said = { id, index: state.size, statement, body: parsed.data };
  const changes = agreementPropose.reduce(state, said);
  return isRefusal(changes) ? changes : advanced({ ...state, ...changes }, signed);
}

/** The state after an entry, admitted or not. */
export function fold(
  state: State,
  signed: SignedStatement,
  signatures: Signatures = "to-check",
): State {
  const next = admit(state, signed, signatures);
  return isRefusal(next) ? notAdmitted(state, next, signed.statement.type) : next;
}

/**
 * The state after an entry that is not admitted. The keeper should not have appended it, unless this program does not know its version, or that
 * of an entry before it: what that one did is not known, so nobody can say here what was admissible after it.
 */
export function notAdmitted(state: State, refusal: Refusal, type: string | undefined): State {
  const { size, faults, notUnderstood } = state;
  const told = { ...refusal, index: size };
  return isUnknownVersion(refusal) || notUnderstood.size > 0
    ? { ...state, size: size + 1, notUnderstood: notUnderstood.append({ ...told, type }) }
    : { ...state, size: size + 1, faults: faults.append(told) };
}

/** What every statement has to be, whatever it says: its issuer's to say, signed, of this agreement, and its next one. */
function checkSaying(
  state: StateUnderTerms,
  signed: SignedStatement,
  roles: readonly Role[],
  asked: () => SignersAsked | undefined,
  signatures: Signatures,
): Refusal | undefined {
  return (
    checkIssuer(state, signed, roles) ??
    checkSignatures(state, signed, asked, signatures) ??
    checkAgreement(state, signed) ??
    checkSequence(state, signed)
  );
}

/** Issuers and their roles come from the terms. */
function checkIssuer(
  { agreement }: StateUnderTerms,
  { statement: { type, issuer } }: SignedStatement,
  roles: readonly Role[],
): Refusal | undefined {
  const role = roleOf(agreement.terms, issuer);
  if (role === undefined)
    return refuse("unknown-issuer", `expected a party, a role or the keeper, got "${issuer}"`);
  return roles.includes(role)
    ? undefined
    : refuse(
        "role-forbidden",
        `expected ${type} from a ${roles.join(" or ")}, got it from a ${role}`,
      );
}

/** Keys come from the terms, and from what was said of keys since. */
function checkSignatures(
  { agreement }: StateUnderTerms,
  signed: SignedStatement,
  askedOf: () => SignersAsked | undefined,
  signatures: Signatures,
): Refusal | undefined {
  if (signatures === "checked") return undefined;
  const { issuer } = signed.statement;
  const find = signatures === "to-check" ? signersOf : signatures;
  const asked = askedOf();
  const { needed: own, got } = signaturesOf(agreement, signed, find, asked?.recused);
  const needed = Math.max(own, asked?.needed ?? 0);
  if (got >= needed) return undefined;
  return refuse(
    "signature-invalid",
    needed === 1
      ? `expected a valid signature by a key of ${issuer}, got none`
      : `expected valid signatures of ${needed} for ${issuer}, got ${got}`,
  );
}

function checkAgreement(
  { agreement: { hash } }: StateUnderTerms,
  { statement: { agreement } }: SignedStatement,
): Refusal | undefined {
  return agreement === hash
    ? undefined
    : refuse("agreement-mismatch", `expected agreement ${hash}, got ${agreement}`);
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
function checkTime(
  { agreement, marks, clock }: StateUnderTerms,
  { statement }: SignedStatement,
): Refusal | undefined {
  const everyHours = agreement.terms.marks?.everyHours;
  if (everyHours === undefined || statement.type === timeMark.type) return undefined;
  const first = marks.get(Math.max(0, marks.size - 2))?.at ?? clock.at;
  const last = clock.at + 2 * everyHours * HOUR_MS;
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

function partyIn({ party }: SignedStatement["statement"]["body"]): string | undefined {
  return typeof party === "string" ? party : undefined;
}
