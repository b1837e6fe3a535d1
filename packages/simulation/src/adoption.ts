import type { Draft, Terms } from "@standstill/agreement";
import {
  COSIGNATURE_TYPE,
  formatVerifier,
  type NoteVerifier,
  noteVerifier,
  type SigningKey,
  toHex,
} from "@standstill/record";
import type { Keyring } from "./keyring.ts";

/** Name of the example's log; names under `.example` belong to nobody. */
export const ORIGIN = "standstill.example/log";
/** Under which name the keyring holds the log's key. */
export const LOG_HOLDER = "log";

/** All holders of keys that the example plays. */
export function holdersOf(draft: Draft): string[] {
  return [
    LOG_HOLDER,
    draft.keeper.id,
    ...draft.parties.map(({ id }) => id),
    ...draft.witnesses.map(({ id }) => id),
    ...(draft.roles ?? []).flatMap(({ id, holders }) => holders.map((one) => keyName(id, one))),
  ];
}

/** Under which name the keyring holds the key with which an organisation signs for a role. */
export function keyName(role: string, organisation: string): string {
  return `${role}.${organisation}`;
}

/** The key that verifies the example's log. */
export function logVerifier(keyring: Keyring): NoteVerifier {
  return noteVerifier(ORIGIN, keyOf(keyring, LOG_HOLDER).publicKey);
}

/** The key that verifies a witness's cosignatures. */
export function witnessVerifier(keyring: Keyring, witness: string): NoteVerifier {
  return noteVerifier(
    `standstill.example/${witness}`,
    keyOf(keyring, witness).publicKey,
    COSIGNATURE_TYPE,
  );
}

/** The draft with everybody's public keys in it: what the parties adopt. */
export function termsWithKeys(
  draft: Draft,
  keyring: Keyring,
  log: NoteVerifier = logVerifier(keyring),
): Terms {
  return {
    ...draft,
    keys: [
      ...[draft.keeper.id, ...draft.parties.map(({ id }) => id)].map((holder) => ({
        holder,
        publicKey: toHex(keyOf(keyring, holder).publicKey),
      })),
      ...(draft.roles ?? []).flatMap(({ id, holders }) =>
        holders.map((organisation) => ({
          holder: id,
          publicKey: toHex(keyOf(keyring, keyName(id, organisation)).publicKey),
          organisation,
        })),
      ),
    ],
    log: { vkey: formatVerifier(log) },
    witnessKeys: draft.witnesses.map(({ id }) => ({
      witness: id,
      vkey: formatVerifier(witnessVerifier(keyring, id)),
    })),
  };
}

/** A policy file (c2sp.org/tlog-policy) that trusts the example's log and its witnesses. */
export function policyText(
  draft: Draft,
  keyring: Keyring,
  log: NoteVerifier = logVerifier(keyring),
): string {
  const witnesses = draft.witnesses.map(
    ({ id }) => `witness ${id} ${formatVerifier(witnessVerifier(keyring, id))}`,
  );
  const names = draft.witnesses.map(({ id }) => id).join(" ");
  return [
    "# Whom an auditor of this record trusts. Keep it where the keeper of the record cannot change it.",
    `log ${formatVerifier(log)}`,
    ...witnesses,
    `group witnesses ${draft.witnessQuorum} ${names}`,
    "quorum witnesses",
    "",
  ].join("\n");
}

/** A holder's key; the keyring of an example holds them all. */
export function keyOf(keyring: Keyring, holder: string): SigningKey {
  const key = keyring.get(holder);
  if (key === undefined) throw new Error(`expected a key of ${holder}, got none`);
  return key;
}
