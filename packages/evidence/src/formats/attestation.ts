import { sha256, there, toHex, utf8 } from "@standstill/record";
import { createLocalJWKSet, errors, type JSONWebKeySet, jwtVerify } from "jose";
import { z } from "zod";
import { EvidenceError } from "../error.ts";

/** What is asked of a token besides its signature. */
export interface AttestationRules {
  /** Keys of the service that signs, as JWKS (RFC 7517). */
  readonly keys: JSONWebKeySet;
  /** The number that was sent with the request, in hexadecimal: a token over another is an old one. */
  readonly nonce: string;
  /** Present time in POSIX milliseconds. */
  readonly nowMs: number;
}

/** One device that a token speaks of: what its hardware signs, and nothing about power or activity. */
export interface AttestedDevice {
  /** Name in the token, as `GPU-0`. */
  readonly name: string;
  /** The device's own identity. */
  readonly ueid: string;
  readonly model: string;
  readonly driverVersion: string | undefined;
  readonly vbiosVersion: string | undefined;
  readonly secureBoot: boolean;
  readonly debugDisabled: boolean;
}

/** What a token proves, or why it proves nothing. */
export type Attestation =
  | { readonly kind: "verified"; readonly devices: readonly AttestedDevice[] }
  | { readonly kind: "unverifiable"; readonly reason: string };

const MOST_CHARACTERS = 4 << 20;
const MOST_SUBMODULES = 1024;

const bundleSchema = z.tuple([
  z.tuple([z.literal("JWT"), z.string()]),
  z.record(z.string(), z.string()),
]);
const overallSchema = z.looseObject({
  eat_nonce: z.string(),
  "x-nvidia-overall-att-result": z.boolean(),
  submods: z.record(z.string(), z.tuple([z.literal("DIGEST"), z.tuple([z.string(), z.string()])])),
});
const deviceSchema = z.looseObject({
  eat_nonce: z.string(),
  ueid: z.string().min(1),
  hwmodel: z.string(),
  measres: z.string(),
  secboot: z.boolean().optional(),
  dbgstat: z.string().optional(),
  "x-nvidia-gpu-driver-version": z.string().optional(),
  "x-nvidia-gpu-vbios-version": z.string().optional(),
});

/**
 * Checks a detached EAT bundle as NVIDIA's attestation service returns it (RFC 9711; docs.nvidia.com/attestation, claims):
 * `[["JWT", overall], {"GPU-0": token, …}]`. The overall token must be signed by a key that is known, not be expired, be over our
 * nonce and say yes; each device's token must be signed, have the hash that the overall one names, be over the nonce, and its
 * measurements must agree; no identity may come twice. Whatever is missing makes it unverifiable, with the reason.
 *
 * It proves a genuine device with known firmware. It does not attest power, use or what ran.
 */
export async function checkAttestation(
  text: string,
  { keys, nonce, nowMs }: AttestationRules,
): Promise<Attestation> {
  const [[, overallToken], tokens] = bundleOf(text);
  const known = createLocalJWKSet(keys);
  const claimsOf = async <Claims>(token: string, schema: z.ZodType<Claims>): Promise<Claims> => {
    const { payload } = await jwtVerify(token, known, {
      algorithms: ["ES384"],
      currentDate: new Date(nowMs),
      requiredClaims: ["exp"],
    });
    return schema.parse(payload);
  };
  try {
    const overall = await claimsOf(overallToken, overallSchema);
    if (overall.eat_nonce.toLowerCase() !== nonce.toLowerCase())
      return unverifiable("expected a token over the nonce that was sent, got an older one");
    if (!overall["x-nvidia-overall-att-result"])
      return unverifiable(
        "expected a service that found the devices genuine, got one that did not",
      );
    const named = Object.entries(overall.submods);
    if (
      named.length === 0 ||
      named.length > MOST_SUBMODULES ||
      named.some(([name]) => tokens[name] === undefined)
    )
      return unverifiable("expected a token for each device that the overall one names, got fewer");
    const devices: AttestedDevice[] = [];
    for (const [name, [, [algorithm, digest]]] of named) {
      const token = there(tokens[name]);
      if (!/^SHA-?256$/i.test(algorithm) || toHex(sha256(utf8(token))) !== digest.toLowerCase())
        return unverifiable(
          `expected the token of ${name} that the overall one is over, got another`,
        );
      const claims = await claimsOf(token, deviceSchema);
      if (claims.eat_nonce.toLowerCase() !== nonce.toLowerCase())
        return unverifiable(
          `expected a token of ${name} over the nonce that was sent, got an older one`,
        );
      if (claims.measres.toLowerCase() !== "success")
        return unverifiable(
          `expected firmware of ${name} that is as published, got other measurements`,
        );
      devices.push({
        name,
        ueid: claims.ueid,
        model: claims.hwmodel,
        driverVersion: claims["x-nvidia-gpu-driver-version"],
        vbiosVersion: claims["x-nvidia-gpu-vbios-version"],
        secureBoot: claims.secboot === true,
        debugDisabled: claims.dbgstat === "disabled",
      });
    }
    const twice = devices.find(
      (one, i) => devices.findIndex(({ ueid }) => ueid === one.ueid) !== i,
    );
    if (twice !== undefined)
      return unverifiable(`expected each device once, got the identity of ${twice.name} twice`);
    return { kind: "verified", devices };
  } catch (error) {
    return unverifiable(whyNot(error));
  }
}

function bundleOf(text: string): z.infer<typeof bundleSchema> {
  if (text.length > MOST_CHARACTERS) {
    throw new EvidenceError(
      "limit-exceeded",
      `expected at most ${MOST_CHARACTERS} characters, got ${text.length}`,
    );
  }
  try {
    return bundleSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new EvidenceError(
      "malformed-file",
      'expected a detached EAT bundle, [["JWT", "…"], {"GPU-0": "…"}], got something else',
      { cause },
    );
  }
}

function unverifiable(reason: string): Attestation {
  return { kind: "unverifiable", reason };
}

function whyNot(error: unknown): string {
  if (error instanceof errors.JWTExpired)
    return "expected a token that is valid now, got one that has expired";
  if (error instanceof errors.JWKSNoMatchingKey)
    return "expected a signature by a key that is known, got one by another";
  if (error instanceof errors.JWSSignatureVerificationFailed)
    return "expected the service's signature, got one that does not verify";
  if (error instanceof errors.JOSEError)
    return `expected a token as the service signs it, got one with ${error.code}`;
  if (error instanceof z.ZodError) {
    const issue = error.issues[0];
    return `expected the claims of an attestation, got ${issue?.path.join(".") ?? "the token"}: ${issue?.message}`;
  }
  throw error;
}
