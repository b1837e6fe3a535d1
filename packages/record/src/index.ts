/**
 * A signed, witnessed, append-only record in the C2SP tlog-tiles format: the parts that do no I/O and run in the
 * browser too. Files and directories are in `@standstill/record/files`.
 */
export { sha256 } from "#primitives";
export { isRefusal, type Refusal, type RefusalCode, refuse, type Said } from "./admission.ts";
export { AppendList } from "./append-list.ts";
export {
  beaconRandomness,
  beaconRoundAt,
  beaconTime,
  QUICKNET,
  verifyBeacon,
} from "./beacon.ts";
export { type ColumnParts, Columns, type RowShape } from "./columns.ts";
export {
  type Contradiction,
  checkContradiction,
  envelopeBody,
  statementIn,
} from "./contradiction.ts";
export {
  defineStatement,
  type SignersAsked,
  type StatementDefinition,
} from "./define-statement.ts";
export { DRAFT } from "./draft.ts";
export {
  type Draw,
  type Draws,
  type DrawsPart,
  drawRandomness,
  nonceCommitment,
} from "./draws.ts";
export { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "./durations.ts";
export {
  checkPublicKey,
  generateSigningKey,
  keyIdOf,
  type SigningKey,
  sign,
  signingKey,
  verify,
  verifyAllAside,
} from "./ed25519.ts";
export {
  CheckedSignatures,
  decodeEntry,
  decodeEnvelope,
  type Envelope,
  encodeEnvelope,
  envelopeSchema,
  PAYLOAD_TYPE,
  preAuthenticationEncoding,
  type SignedStatement,
  signersOf,
  signStatement,
  unsignedStatement,
  withSignatures,
  wordsInEntry,
} from "./envelope.ts";
export { atPlace, RecordError, type RecordErrorCode } from "./error.ts";
export {
  canonicalBytes,
  canonicalJson,
  isObject,
  type Json,
  parseCanonicalJson,
  parseJson,
} from "./formats/canonical-json.ts";
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from "./formats/checkpoint.ts";
export {
  type CoseReceipt,
  formatCoseReceipt,
  parseCoseReceipt,
  receiptMessage,
  verifyCoseReceipt,
} from "./formats/cose-receipt.ts";
export { cosign, cosignatureTime, cosignerVerifier, type MlDsaKey } from "./formats/cosignature.ts";
export { billionths, millionths, shareOf } from "./formats/decimal.ts";
export {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  parseDecimal,
  textOf,
  toBase64,
  toHex,
  utf8,
} from "./formats/encoding.ts";
export { type Note, openNote, parseNote, signNoteText } from "./formats/note.ts";
export { type Policy, parsePolicy, quorumMet } from "./formats/policy.ts";
export {
  formatQuantity,
  normalizeQuantity,
  parseQuantity,
  quantitySchema,
  UNITS,
  type Unit,
} from "./formats/quantity.ts";
export type { NoteSignature } from "./formats/signature-line.ts";
export {
  formatTlogProof,
  parseTlogProof,
  type TlogProof,
  verifyTlogProof,
} from "./formats/tlog-proof.ts";
export { openTrusted } from "./formats/trusted-checkpoint.ts";
export {
  COSIGNATURE_TYPE,
  cosigningVerifier,
  ED25519_TYPE,
  formatVerifier,
  ML_DSA_TYPE,
  type NoteKeyType,
  type NoteVerifier,
  noteVerifier,
  parseVerifier,
  witnessSpellings,
} from "./formats/verifier.ts";
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
  type JointPublic,
  type JointShare,
  jointPublicKey,
  KeyCeremony,
} from "./joint/joint-key.ts";
export { jointSigner, jointVerifier } from "./joint/joint-signer.ts";
export { compare, type Followed, follow } from "./log/follow.ts";
export {
  type Collected,
  type Cosigner,
  collectCosignatures,
  type Witnessing,
  witnessedBy,
} from "./log/quorum.ts";
export { checkEveryFile, type Log, openLog, readBlob, readEntries } from "./log/read-log.ts";
export { Sequencer, type SequencerOptions, type SequencerStatus } from "./log/sequencer.ts";
export { type CheckpointSigner, keySigner, signCheckpoint } from "./log/signer.ts";
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
  checkEvidenceFile,
  checkProofFile,
  isEvidenceFile,
  type Proven,
  provenWords,
} from "./offline-check.ts";
export {
  describeIssues,
  instantSchema,
  MAX_STATEMENT_BYTES,
  nameSchema,
  parseStatement,
  ROLES,
  type Role,
  type Statement,
  sha256Schema,
  statementId,
  statementSchema,
  versionSchema,
  type Words,
} from "./statement.ts";
export { StatementList, type StatementSummary } from "./statement-list.ts";
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
export { httpSource } from "./store/http-source.ts";
export {
  blobPath,
  CHECKPOINT_PATH,
  type JournalBatch,
  type LogStore,
  type RecordFile,
  type RecordSource,
} from "./store/source.ts";
export { there } from "./there.ts";
export { codeOf, reasonOf } from "./thrown.ts";
export { intervalOf, type TimeInterval } from "./time-interval.ts";
export { MerkleTree } from "./tree/merkle-tree.ts";
export { checkConsistency, checkInclusion, leafHash, nodeHash } from "./tree/proof.ts";
export { RightEdge, type Tile } from "./tree/right-edge.ts";
export { type Bundle, TileTree } from "./tree/tile-tree.ts";
export {
  decodeBundle,
  encodeBundle,
  parseTilePath,
  type TileName,
  tileHashes,
  tilePath,
  tilesOfSize,
} from "./tree/tiles.ts";
export {
  type AddCheckpoint,
  formatAddCheckpoint,
  type Judgement,
  judgeCheckpoint,
  parseAddCheckpoint,
  unseenLog,
  type WitnessState,
} from "./witness/add-checkpoint.ts";
export {
  checkSplitView,
  findSplitView,
  parseSplitView,
  type SplitView,
  sameSizeSplitView,
} from "./witness/split-view.ts";
export { type AskWitness, cosignerOf, httpCosigner } from "./witness/witness-client.ts";
