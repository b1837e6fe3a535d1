// The server that bench/record.mjs measures: tells what it takes, and how much processor time it has used.
import { decodeEnvelope, keySigner, preAuthenticationEncoding, verify } from "@standstill/record";
import { createServer, Registry } from "@standstill/server";
import { keyOf, logVerifier, opening, statements } from "./statements.mjs";

const [directory] = process.argv.slice(2);
const text = (bytes) => new TextDecoder().decode(bytes);
const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

const first = opening().map(text);
const envelopes = [...statements(40_000)].map(text);
const signed = envelopes
  .slice(0, 5000)
  .map((envelope) => decodeEnvelope(new TextEncoder().encode(envelope)));

/** Signature checks of these statements per processor second, without anything else. */
function verifyPerSecond() {
  const before = cpu();
  for (const { statement, envelope } of signed) {
    const { signature } = envelope.signatures[0];
    verify(
      keyOf(statement.issuer).publicKey,
      preAuthenticationEncoding(envelope.payload),
      signature,
    );
  }
  return signed.length / (cpu() - before);
}

const allowance = { burst: 1e9, perSecond: 1e9 };
const registry = await Registry.open({ directory, signer: keySigner(logVerifier, keyOf("log")) });
const server = await createServer({
  record: registry,
  directory,
  publishAfterMs: 1000,
  limits: { perIssuer: allowance, refusedPerAddress: allowance },
});
const url = await server.listen({ host: "127.0.0.1", port: 0 });
process.on("message", (asked) => process.send(asked === "cpu" ? cpu() : verifyPerSecond()));
process.send({ url, envelopes, opening: first });
