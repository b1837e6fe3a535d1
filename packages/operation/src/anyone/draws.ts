import { nonceCommit, nonceCommitment, nonceReveal } from "@standstill/record";
import { actOf } from "../speak/act.ts";
import type { Entry } from "../speak/registrar.ts";
import type { Speaker } from "../speak/speaker.ts";

/** A part in a draw: a number that nobody knows until it is revealed. */
export interface PartInDraw {
  readonly draw: string;
  /** 32 random bytes in hexadecimal; keep them, since only they can be revealed. */
  readonly nonce: string;
}

/** Takes part in a draw: commits to a secret number. */
export function commitNonce(
  speaker: Speaker,
  { draw, nonce }: PartInDraw,
): Promise<Entry | undefined> {
  return commit(speaker, { draw, commitment: nonceCommitment(draw, speaker.issuer, nonce) });
}

const commit = actOf(
  nonceCommit,
  ({ draws }, body, issuer) => draws.get(body.draw)?.get(issuer)?.commitment === body.commitment,
);

/** Reveals the number that the issuer committed to. With the first of them the draw takes no more commitments. */
export const revealNonce = actOf(
  nonceReveal,
  ({ draws }, body, issuer) => draws.get(body.draw)?.get(issuer)?.nonce === body.nonce,
);
