import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signingKey, toHex, utf8 } from "@standstill/record";
import { encryptKey, publicKeyPem, readKey } from "@standstill/record/files";
import { describe, expect, it } from "vitest";

const key = signingKey(new Uint8Array(32).fill(7));
const plainPem = `-----BEGIN PRIVATE KEY-----\n${Buffer.concat([
  Buffer.from("302e020100300506032b657004220420", "hex"),
  key.seed,
]).toString("base64")}\n-----END PRIVATE KEY-----\n`;

describe("a key file", () => {
  const file = encryptKey(key, "a long passphrase");

  it("comes back with its passphrase, and not with another or none", () => {
    expect(toHex(readKey(utf8(file), "a long passphrase").seed)).toBe(toHex(key.seed));
    for (const passphrase of [undefined, "", "another passphrase"]) {
      expect(() => readKey(utf8(file), passphrase)).toThrow(
        expect.objectContaining({ code: "key-locked" }),
      );
    }
  });

  it("is another file each time, and holds no seed in the open", () => {
    expect(encryptKey(key, "a long passphrase")).not.toBe(file);
    expect(
      Buffer.from(file.split("\n").slice(1, -2).join(""), "base64").includes(Buffer.from(key.seed)),
    ).toBe(false);
  });

  it("is opened by OpenSSL, which finds the same public key", async () => {
    const directory = await mkdtemp(join(tmpdir(), "standstill-key-"));
    const path = join(directory, "key.pem");
    await writeFile(path, file, { mode: 0o600 });
    const found = execFileSync("openssl", [
      "pkey",
      "-in",
      path,
      "-passin",
      "pass:a long passphrase",
      "-pubout",
    ]);
    expect(found.toString()).toBe(publicKeyPem(key.publicKey));
    await rm(directory, { recursive: true });
  });

  it("may be plain PEM or hexadecimal too; other bytes are refused without being repeated", () => {
    expect(toHex(readKey(utf8(plainPem)).publicKey)).toBe(toHex(key.publicKey));
    expect(toHex(readKey(utf8(`${toHex(key.seed)}\n`)).publicKey)).toBe(toHex(key.publicKey));
    for (const bad of [
      "",
      "secret",
      toHex(key.seed).slice(1),
      plainPem.replace("MC4", "MC5"),
      file.slice(0, 120),
    ]) {
      expect(() => readKey(utf8(bad), "a long passphrase")).toThrow(/^expected (?!.*secret)/);
    }
  });
});
