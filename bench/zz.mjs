import {
  CheckedSignatures,
  canonicalJson,
  decodeEntry,
  envelopeSchema,
  fromBase64,
  leafHash,
  openLog,
  parseCanonicalJson,
  parseStatement,
  parseVerifier,
  preAuthenticationEncoding,
  sha256,
  statementSchema,
  textOf,
  toBase64,
  verifyAside,
} from "@standstill/record";
import { directorySource } from "@standstill/record/files";
import { emptyState } from "@standstill/replay";
import { replayDecoded } from "../packages/replay/dist/replay.js";
import { keyOf, opening, statements } from "./statements.mjs";

const open = opening();
const all = [...open, ...statements(20000)];
const t = (name, f) => {
  for (let r = 0; r < 3; r++) {
    const s = process.cpuUsage(),
      a = performance.now();
    f();
    const b = performance.now() - a;
    if (r == 2) console.log(name, ((b * 1000) / all.length).toFixed(1), "µs");
  }
};
t("decodeEntry", () => {
  for (const e of all) decodeEntry(e);
});
t("parseCanonicalJson envelope", () => {
  for (const e of all) parseCanonicalJson(e);
});
const js = all.map((e) => parseCanonicalJson(e));
t("envelopeSchema", () => {
  for (const e of js) envelopeSchema.safeParse(e);
});
t("fromBase64", () => {
  for (const e of js) fromBase64(e.payload);
});
const pay = js.map((e) => fromBase64(e.payload));
t("parseStatement", () => {
  for (const e of pay) parseStatement(e);
});
t("parseCanonical payload", () => {
  for (const e of pay) parseCanonicalJson(e);
});
t("textOf", () => {
  for (const e of pay) textOf(e);
});
const texts = pay.map(textOf);
t("JSON.parse", () => {
  for (const e of texts) JSON.parse(e);
});
const st = pay.map(parseCanonicalJson);
t("canonicalJson", () => {
  for (const e of st) canonicalJson(e);
});
t("statementSchema", () => {
  for (const e of st) statementSchema.safeParse(e);
});
t("sha256", () => {
  for (const e of pay) sha256(e);
});
t("pae", () => {
  for (const e of pay) preAuthenticationEncoding(e);
});
const dec = all.map(decodeEntry);
t("replay checked", () => {
  let s = emptyState;
  for (const d of dec) s = replayDecoded(s, d, "checked");
});
