/**
 * A signed, witnessed, append-only record in the C2SP tlog-tiles format: the parts that do no I/O and run in the
 * browser too. Files and directories are in `@standstill/record/files`.
 */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { sha256 } from "#primitives";
export type { Refusal, RefusalCode } from "./admission.ts";
export { beaconTime, QUICKNET, verifyBeacon } from "./beacon.ts";
export { generateSigningKey, type SigningKey, sign, signingKey, verify } from "./ed25519.ts";
export {
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  type SignedStatement,
  signersOf,
  signStatement,
} from "./envelope.ts";
export { RecordError, type RecordErrorCode } from "./error.ts";
export {
  canonicalBytes,
  canonicalJson,
  type Json,
  parseCanonicalJson,
} from "./formats/canonical-json.ts";
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./formats/checkpoint.ts";
export {
  type CoseReceipt,
  formatCoseReceipt,
  parseCoseReceipt,
  verifyCoseReceipt,
} from "./formats/cose-receipt.ts";
export { cosign, cosignatureTime, type MlDsaKey } from "./formats/cosignature.ts";
export { fromBase64, fromHex, textOf, toBase64, toHex, utf8 } from "./formats/encoding.ts";
export { type Note, openNote, parseNote, signNoteText } from "./formats/note.ts";
export { type Policy, parsePolicy, quorumMet } from "./formats/policy.ts";
export type { NoteSignature } from "./formats/signature-line.ts";
export {
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
} from "./formats/tlog-proof.ts";
export { openTrusted } from "./formats/trusted-checkpoint.ts";
export {
  cosigningVerifier,
  formatVerifier,
  type NoteKeyType,
  type NoteVerifier,
  noteVerifier,
  parseVerifier,
  witnessSpellings,
} from "./formats/verifier.ts";
export type { JointPublic } from "./joint/joint-key.ts";
export { jointVerifier } from "./joint/joint-signer.ts";
export { compare, type Followed, follow } from "./log/follow.ts";
export type { Cosigner, Witnessing } from "./log/quorum.ts";
export { checkEveryFile, type Log, openLog, readBlob, readEntries } from "./log/read-log.ts";
export { Sequencer, type SequencerOptions, type SequencerStatus } from "./log/sequencer.ts";
export { type CheckpointSigner, keySigner } from "./log/signer.ts";
export {
  checkEvidenceFile,
  checkProofFile,
  isEvidenceFile,
  type Proven,
  provenWords,
} from "./offline-check.ts";
export type { Statement, Words } from "./statement.ts";
export type { StatementSummary } from "./statement-list.ts";
export { httpSource } from "./store/http-source.ts";
export type { JournalBatch, LogStore, RecordFile, RecordSource } from "./store/source.ts";
export { MerkleTree } from "./tree/merkle-tree.ts";
export { checkConsistency, checkInclusion, leafHash } from "./tree/proof.ts";
export { RightEdge, type Tile } from "./tree/right-edge.ts";
export { type Bundle, TileTree } from "./tree/tile-tree.ts";
export type { TileName } from "./tree/tiles.ts";
export { checkSplitView, parseSplitView, type SplitView } from "./witness/split-view.ts";
export { type AskWitness, cosignerOf, httpCosigner } from "./witness/witness-client.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { isRefusal, refuse, type Said } from "./admission.ts";
export { AppendList } from "./append-list.ts";
export { beaconRandomness, beaconRoundAt } from "./beacon.ts";
export { type ColumnParts, Columns, type RowShape } from "./columns.ts";
export { type Contradiction, checkContradiction, envelopeBody } from "./contradiction.ts";
export {
  defineStatement,
  type SignersAsked,
  type StatementDefinition,
} from "./define-statement.ts";
export { DRAFT } from "./draft.ts";
export { type Draw, type Draws, type DrawsPart, drawRandomness, nonceCommitment } from "./draws.ts";
export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./durations.ts";
export { checkPublicKey, keyIdOf, verifyAllAside } from "./ed25519.ts";
export {
  CheckedSignatures,
  decodeEntry,
  envelopeSchema,
  preAuthenticationEncoding,
  unsignedStatement,
  withSignatures,
  wordsInEntry,
} from "./envelope.ts";
export { atPlace } from "./error.ts";
export { isObject, parseJson } from "./formats/canonical-json.ts";
export { receiptMessage } from "./formats/cose-receipt.ts";
export { cosignerVerifier } from "./formats/cosignature.ts";
export { billionths, millionths, shareOf } from "./formats/decimal.ts";
export { concatBytes, equalBytes, parseDecimal } from "./formats/encoding.ts";
export {
  formatQuantity,
  normalizeQuantity,
  parseQuantity,
  quantitySchema,
  UNITS,
  type Unit,
} from "./formats/quantity.ts";
export { COSIGNATURE_TYPE, ED25519_TYPE, ML_DSA_TYPE } from "./formats/verifier.ts";
export type { Issuer, SaidPart } from "./issuer.ts";
export {
  answerAsHolder,
  HOLDER_SIGNATURE_HEADER,
  type HolderAction,
  httpHolder,
} from "./joint/holder-over-http.ts";
export {
  JointHolder,
  type JointMemory,
  type JointRequest,
  type JointSigner,
} from "./joint/joint-holder.ts";
export { jointJson, readJointPublic } from "./joint/joint-json.ts";
export {
  type CeremonyRound1,
  type CeremonyRound2,
  type JointCommitment,
  type JointShare,
  jointPublicKey,
  KeyCeremony,
} from "./joint/joint-key.ts";
export { jointSigner } from "./joint/joint-signer.ts";
export { witnessedBy } from "./log/quorum.ts";
export { signCheckpoint } from "./log/signer.ts";
export {
  type Clock,
  type ClockDoubt,
  type ClockPart,
  firstMark,
  type Mark,
  type MarksPart,
  noMarks,
  type Witnessed,
  withMark,
} from "./mark.ts";
export { firstMarkThat, markBefore, markFrom } from "./mark-search.ts";
export {
  describeIssues,
  instantSchema,
  MAX_STATEMENT_BYTES,
  nameSchema,
  parseStatement,
  ROLES,
  type Role,
  sha256Schema,
  statementSchema,
  versionSchema,
} from "./statement.ts";
export { StatementList } from "./statement-list.ts";
export { type ContradictionsPart, contradictionReport } from "./statements/contradiction-report.ts";
export { nonceCommit } from "./statements/nonce-commit.ts";
export { nonceReveal } from "./statements/nonce-reveal.ts";
export {
  type Programs,
  type ProgramsPart,
  programVouch,
  type Vouched,
} from "./statements/program-vouch.ts";
export { type MarkedTerms, timeMark } from "./statements/time-mark.ts";
export { blobPath, CHECKPOINT_PATH } from "./store/source.ts";
export { there } from "./there.ts";
export { codeOf, reasonOf } from "./thrown.ts";
export { intervalOf, type TimeInterval } from "./time-interval.ts";
export {
  decodeBundle,
  encodeBundle,
  parseTilePath,
  tileHashes,
  tilePath,
  tilesOfSize,
} from "./tree/tiles.ts";
export {
  type AddCheckpoint,
  formatAddCheckpoint,
  parseAddCheckpoint,
} from "./witness/add-checkpoint.ts";
export { sameSizeSplitView } from "./witness/split-view.ts";
