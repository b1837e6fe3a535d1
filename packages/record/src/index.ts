/**
 * A signed, witnessed, append-only record in the C2SP tlog-tiles format: the parts that do no I/O and run in the
 * browser too. Files and directories are in `@standstill/record/files`.
 */
export { sha256 } from "#primitives";
export { isRefusal, type Refusal, type RefusalCode, refuse, type Said } from "./admission.ts";
export {
  beaconRandomness,
  beaconRoundAt,
  beaconTime,
  QUICKNET,
  verifyBeacon,
} from "./beacon.ts";
export {
  checkPublicKey,
  generateSigningKey,
  keyIdOf,
  type SigningKey,
  sign,
  signingKey,
  verify,
} from "./ed25519.ts";
export {
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
} from "./envelope.ts";
export { RecordError, type RecordErrorCode } from "./error.ts";
export {
  canonicalBytes,
  canonicalJson,
  type Json,
  parseCanonicalJson,
  parseJson,
} from "./formats/canonical-json.ts";
export {
  type Checkpoint,
  formatCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from "./formats/checkpoint.ts";
export {
  concatBytes,
  equalBytes,
  fromBase64,
  fromHex,
  textOf,
  toBase64,
  toHex,
  utf8,
} from "./formats/encoding.ts";
export {
  COSIGNATURE_TYPE,
  cosignatureTime,
  formatVerifier,
  type Note,
  type NoteVerifier,
  noteVerifier,
  openNote,
  parseNote,
  parseVerifier,
  signNoteText,
} from "./formats/note.ts";
export { type Policy, parsePolicy, quorumMet } from "./formats/policy.ts";
export {
  formatQuantity,
  normalizeQuantity,
  parseQuantity,
  quantitySchema,
  UNITS,
  type Unit,
} from "./formats/quantity.ts";
export { type Clock, noMarks, reduceMark, timeMark } from "./mark.ts";
export {
  describeIssues,
  instantSchema,
  MAX_STATEMENT_BYTES,
  nameSchema,
  parseStatement,
  type Role,
  type Statement,
  type StatementKind,
  sha256Schema,
  statementId,
  statementSchema,
} from "./statement.ts";
export { httpSource } from "./store/http-source.ts";
export { checkEveryFile, type LogContent, readBlob, readLog } from "./store/log-reader.ts";
export { blobPath, CHECKPOINT_PATH, type RecordSource } from "./store/source.ts";
export { MerkleTree } from "./tree/merkle-tree.ts";
export { checkConsistency, checkInclusion, leafHash, nodeHash } from "./tree/proof.ts";
export {
  decodeBundle,
  encodeBundle,
  parseTilePath,
  type TileName,
  tileHashes,
  tilePath,
  tilesOfSize,
} from "./tree/tiles.ts";
export { acceptCheckpoint, cosign, unseenLog, type WitnessState } from "./witness.ts";
