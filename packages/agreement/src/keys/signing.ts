import { fromHex, keyIdOf, type SignedStatement, type signersOf } from "@standstill/record";
import type { Agreed, AgreementState } from "../state.ts";
import type { Terms } from "../terms/terms.ts";
import { type KeyChange, keysInForce } from "./keys-in-force.ts";

/** Who may sign for an issuer, and how many must. */
interface Signing {
  readonly needed: number;
  readonly publicKeys: readonly Uint8Array[];
  readonly organisationOf: ReadonlyMap<string, string>;
}

/**
 * How many signatures a statement needs, and how many it has. A party's deputy may sign in its place; where several sign
 * together they are counted by organisation, so that two keys of one do not make two.
 *
 * @param find tells whose signatures are valid
 * @param recused organisations whose signatures do not count for this statement
 */
export function signaturesOf(
  { terms, keyChanges }: Pick<Agreed, "terms" | "keyChanges">,
  { statement, envelope }: SignedStatement,
  find: typeof signersOf,
  recused: ReadonlySet<string> = new Set(),
): { readonly needed: number; readonly got: number } {
  const { needed, publicKeys, organisationOf } = signingOf(terms, keyChanges, statement.issuer);
  const signers = find(envelope, publicKeys);
  const organisations = new Set(
    signers.flatMap((keyId) => organisationOf.get(keyId) ?? []).filter((one) => !recused.has(one)),
  );
  return { needed, got: organisations.size };
}

/** The keys whose signatures count for an issuer as things stand; none where nobody knows it. */
export function signingKeysOf(
  { terms, keyChanges }: Pick<AgreementState, "terms" | "keyChanges">,
  issuer: string,
): readonly Uint8Array[] {
  return terms === undefined ? [] : signingOf(terms, keyChanges, issuer).publicKeys;
}

const signingKnown = new WeakMap<Terms, WeakMap<readonly KeyChange[], Map<string, Signing>>>();

/** Found once for the same terms and changes. */
function signingOf(terms: Terms, changes: readonly KeyChange[], issuer: string): Signing {
  const ofTerms =
    signingKnown.get(terms) ?? new WeakMap<readonly KeyChange[], Map<string, Signing>>();
  signingKnown.set(terms, ofTerms);
  const known = ofTerms.get(changes) ?? new Map<string, Signing>();
  ofTerms.set(changes, known);
  const signing = known.get(issuer) ?? findSigning(terms, changes, issuer);
  known.set(issuer, signing);
  return signing;
}

function findSigning(terms: Terms, changes: readonly KeyChange[], issuer: string): Signing {
  const party = terms.parties.find(({ id }) => id === issuer);
  const role = terms.roles?.find(({ id }) => id === issuer);
  const holders = [issuer, ...(party?.deputy === undefined ? [] : [party.deputy])];
  const keys = keysInForce(terms, changes).filter(({ holder }) => holders.includes(holder));
  return {
    needed: party?.signatures ?? role?.signatures ?? 1,
    publicKeys: keys.map(({ publicKey }) => fromHex(publicKey)),
    organisationOf: new Map(
      keys.map(({ publicKey, organisation }) => {
        const keyId = keyIdOf(fromHex(publicKey));
        return [keyId, organisation ?? keyId];
      }),
    ),
  };
}
