import {
  checkSplitView,
  decodeEntry,
  leafHash,
  type Policy,
  parseSplitView,
  parseTlogProof,
  RecordError,
  textOf,
  toBase64,
  verifyTlogProof,
} from "@standstill/record";
import { EXIT } from "../../exit-codes.ts";
import { policyIn, readNamed } from "../../files.ts";
import { json, type Terminal, UsageError } from "../../output.ts";

/** Options of `standstill check`. */
export interface CheckOptions {
  readonly policy: string;
  readonly entry?: string;
  readonly json: boolean;
}

/** `standstill check`: checks a proof of inclusion or evidence of a split view, offline. */
export async function checkCommand(
  file: string,
  options: CheckOptions,
  terminal: Terminal,
): Promise<number> {
  const bytes = await readNamed(file, "the file to check");
  const policy = await policyIn(options.policy);
  const isEvidence = textOf(bytes).trimStart().startsWith("{");
  const [answer, words] = isEvidence
    ? checkEvidence(bytes, policy)
    : await checkProof(bytes, policy, options.entry);
  terminal.out(options.json ? json(answer) : words);
  return EXIT.ok;
}

async function checkProof(
  bytes: Uint8Array,
  policy: Policy,
  path: string | undefined,
): Promise<[object, string]> {
  if (path === undefined) {
    throw new UsageError(
      "expected --entry with a proof, got none",
      "Give --entry the file of the entry that the proof is about.",
    );
  }
  const entry = await readNamed(path, "--entry");
  const { size, origin, root } = verifyTlogProof(parseTlogProof(bytes), leafHash(entry), policy);
  const { index } = parseTlogProof(bytes);
  const { id, statement } = decodeEntry(entry);
  const answer = { proof: "inclusion", origin, index, size, root: toBase64(root), id };
  return [
    { ...answer, type: statement.type, issuer: statement.issuer },
    `The entry is in the log ${origin}: number ${index} of ${size}. It is ${statement.type}, issued in the name of ${statement.issuer}. The proof does not say that the statement was admitted; standstill audit does.`,
  ];
}

function checkEvidence(bytes: Uint8Array, policy: Policy): [object, string] {
  const evidence = parseSplitView(bytes);
  for (const log of policy.logs) {
    try {
      const [larger, smaller] = checkSplitView(evidence, log);
      const sizes = { larger: larger.size, smaller: smaller.size };
      return [
        { proof: "split-view", origin: log.name, ...sizes },
        `The log ${log.name} signed two histories: a checkpoint of ${larger.size} entries and one of ${smaller.size} that is no part of it. Only whoever held the log's key can have made both.`,
      ];
    } catch (error) {
      if (!(error instanceof RecordError) || error.code !== "signature-missing") throw error;
    }
  }
  throw new RecordError(
    "signature-missing",
    "expected checkpoints signed by a log of the policy, got others",
  );
}
