import { MINUTE_MS, SECOND_MS } from "../durations.ts";
import { type SigningKey, sign, verify } from "../ed25519.ts";
import { RecordError } from "../error.ts";
import { concatBytes, fromHex, toHex, utf8 } from "../formats/encoding.ts";
import { reasonOf } from "../thrown.ts";
import type { JointSigner } from "./joint-holder.ts";
import {
  jointJson,
  readCommitAnswer,
  readCommitRequest,
  readJointRequest,
  readSignAnswer,
} from "./joint-json.ts";
import { idOf } from "./joint-key.ts";

/** What a holder is asked to do. */
export type HolderAction = "commit" | "sign";

/** Longest wait for a holder, in milliseconds; another is asked in its place. */
const TIMEOUT_MS = 5 * SECOND_MS;
const MOST_ANSWER_BYTES = 4_096;

/** How far the clocks of a keeper and a holder may differ, in milliseconds; an older request is somebody's copy. */
const MOST_AGE_MS = MINUTE_MS;

/** The header in which a request carries the keeper's signature of it, in hexadecimal. */
export const HOLDER_SIGNATURE_HEADER = "standstill-signature";

/**
 * A holder behind a web address; requests are signed with a key that the holder knows as the keeper's.
 *
 * @param now present time in POSIX milliseconds
 */
export function httpHolder(
  name: string,
  url: string,
  keeper: SigningKey,
  now: () => number,
): JointSigner {
  const ask = async (action: HolderAction, message: unknown): Promise<Uint8Array> => {
    const body = utf8(jointJson(message));
    const signature = toHex(sign(keeper, requestMessage(action, body)));
    return post(name, `${url.replace(/\/+$/, "")}/${action}`, body, signature);
  };
  return {
    identifier: idOf(name),
    commit: async () => readCommitAnswer(await ask("commit", { at: now() })),
    sign: async (request) => readSignAnswer(await ask("sign", request)).share,
  };
}

/**
 * A holder's answer to a request over HTTP, as JSON, at a time in POSIX milliseconds. Refuses (`signature-invalid`) what the keeper did not sign: a stranger
 * could make the holders sign a growth that the keeper's log never had.
 */
export async function answerAsHolder(
  holder: JointSigner,
  keeper: Uint8Array,
  action: HolderAction,
  body: Uint8Array,
  signature: string,
  nowMs: number,
): Promise<string> {
  const isHex = /^[0-9a-f]{128}$/.test(signature);
  if (!isHex || !verify(keeper, requestMessage(action, body), fromHex(signature))) {
    throw new RecordError(
      "signature-invalid",
      "expected a request that the keeper signed, got another",
    );
  }
  if (action === "commit") {
    // A signing that is begun pushes an older one out, so that nobody may begin any with a copied request.
    if (Math.abs(nowMs - readCommitRequest(body).at) > MOST_AGE_MS) {
      throw new RecordError("signature-invalid", "expected a request of this minute, got another");
    }
    return jointJson(await holder.commit());
  }
  return jointJson({ share: await holder.sign(readJointRequest(body)) });
}

function requestMessage(action: HolderAction, body: Uint8Array): Uint8Array {
  return concatBytes(utf8(`standstill joint ${action}\n`), body);
}

async function post(
  name: string,
  url: string,
  body: Uint8Array,
  signature: string,
): Promise<Uint8Array> {
  try {
    const response = await fetch(url, {
      method: "POST",
      body: new Uint8Array(body),
      headers: { [HOLDER_SIGNATURE_HEADER]: signature },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = new Uint8Array(await response.arrayBuffer());
    if (answer.length > MOST_ANSWER_BYTES) throw new Error("its answer is too long");
    if (response.ok) return answer;
    throw new Error(`${response.status} ${new TextDecoder().decode(answer).slice(0, 300)}`);
  } catch (error) {
    const message = `expected an answer of ${name} at ${url}, got none: ${reasonOf(error)}`;
    throw new RecordError("store-failed", message);
  }
}
