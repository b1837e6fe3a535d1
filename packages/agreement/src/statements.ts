import { nameSchema, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";
import { conditionSchema } from "./conditions/condition.ts";
import { BALLOTS } from "./facts.ts";
import { VERIFICATIONS } from "./support-list.ts";
import { modeSchema } from "./terms/mode.ts";
import { termsSchema } from "./terms/terms.ts";

const days = z.int().min(0).max(3650);

/** `agreement/propose`: the keeper puts the terms on the record, whole. */
export const agreementPropose = {
  type: "agreement/propose",
  roles: ["keeper"],
  body: z.strictObject({ terms: termsSchema }),
} satisfies StatementKind;

/** `agreement/adopt`: a party adopts the terms with this hash. */
export const agreementAdopt = {
  type: "agreement/adopt",
  roles: ["party"],
  body: z.strictObject({ terms: sha256Schema }),
} satisfies StatementKind;

/** `agreement/amend`: a party or the keeper proposes new terms, whole. Nothing changes until enough consent. */
export const agreementAmend = {
  type: "agreement/amend",
  roles: ["keeper", "party"],
  body: z.strictObject({ terms: termsSchema }),
} satisfies StatementKind;

/** `agreement/consent`: a party consents to the amendment whose terms have this hash. */
export const agreementConsent = {
  type: "agreement/consent",
  roles: ["party"],
  body: z.strictObject({ terms: sha256Schema }),
} satisfies StatementKind;

const everyRole = ["party", "keeper", "inspector", "adjudicator", "assessor"] as const;

/** `key/rotate`: another key counts from now on in place of one of the issuer's; the new key signs that it is held. */
export const keyRotate = {
  type: "key/rotate",
  roles: everyRole,
  body: z.strictObject({
    /** Id of the key that is replaced: the SHA-256 of its 32 bytes. */
    key: sha256Schema,
    /** The new public key, 32 bytes. */
    replacement: z.string().regex(/^[0-9a-f]{64}$/, "expected 32 bytes in hexadecimal"),
    /** Signature by the new key over agreement, issuer and both keys. */
    proof: z.string().regex(/^[0-9a-f]{128}$/, "expected 64 bytes in hexadecimal"),
    reason: z.string().max(1000).optional(),
  }),
} satisfies StatementKind;

/** `key/revoke`: a key of the issuer's counts no longer, as when it was stolen. */
export const keyRevoke = {
  type: "key/revoke",
  roles: everyRole,
  body: z.strictObject({ key: sha256Schema, reason: z.string().min(1).max(1000) }),
} satisfies StatementKind;

/** `pledge/make`: a party binds itself at a mode while a condition on the others holds. */
export const pledgeMake = {
  type: "pledge/make",
  roles: ["party"],
  body: z.strictObject({
    mode: modeSchema,
    while: conditionSchema,
    /** Days for which the condition may fail before the party drops out. */
    graceDays: days.optional(),
    /** Days that the party needs between being called and being bound. */
    noticeDays: days.optional(),
    /** Readiness window: days for which the offer stands if it is not taken up. */
    openDays: z.int().min(1).max(3650).optional(),
    /** Salted commitment of a support that this pledge makes good. */
    support: sha256Schema.optional(),
  }),
} satisfies StatementKind;

/** `pledge/withdraw`: notice that a party leaves; it takes effect after the notice that the terms ask for. */
export const pledgeWithdraw = {
  type: "pledge/withdraw",
  roles: ["party"],
  body: z.strictObject({ reason: z.string().min(1).max(2000) }),
} satisfies StatementKind;

/** `pledge/suspend`: a party suspends its obligations, or takes them up again. It stays a party. */
export const pledgeSuspend = {
  type: "pledge/suspend",
  roles: ["party"],
  body: z.strictObject({ suspended: z.boolean(), reason: z.string().min(1).max(2000) }),
} satisfies StatementKind;

/** `vote/open`: a question of the terms is put to the vote. */
export const voteOpen = {
  type: "vote/open",
  roles: ["keeper", "party"],
  body: z.strictObject({ question: nameSchema, about: z.string().min(1).max(2000) }),
} satisfies StatementKind;

/** `vote/cast`: a party's ballot; the last one counts. */
export const voteCast = {
  type: "vote/cast",
  roles: ["party"],
  body: z.strictObject({ question: nameSchema, ballot: z.enum(BALLOTS) }),
} satisfies StatementKind;

/** `coverage/measure`: how much of the world's compute is under the agreement, as a lower bound with its source. */
export const coverageMeasure = {
  type: "coverage/measure",
  roles: ["keeper"],
  body: z.strictObject({
    /** Lower bound of the share, in ten-thousandths. */
    lowTenThousandths: z.int().min(0).max(10_000),
    source: z.string().min(1).max(2000),
  }),
} satisfies StatementKind;

/** `support/sign`: somebody supports an open letter. The name stays off the log: only a salted commitment is on it. */
export const supportSign = {
  type: "support/sign",
  roles: ["keeper", "party"],
  body: z.strictObject({
    /** SHA-256 of the letter that is supported. */
    letter: sha256Schema,
    commitment: sha256Schema,
    verified: z.enum(VERIFICATIONS),
  }),
} satisfies StatementKind;

/** `support/withdraw`: a support is taken back. */
export const supportWithdraw = {
  type: "support/withdraw",
  roles: ["keeper", "party"],
  body: z.strictObject({ commitment: sha256Schema }),
} satisfies StatementKind;
