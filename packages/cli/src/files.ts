import type { Policy } from "@standstill/record";
import { bytesOf, policyOf } from "./named-file.ts";

/** Content of a file that an option or argument names. */
export function readNamed(path: string, option: string): Promise<Uint8Array> {
  return bytesOf({ path, option });
}

/** The policy in a file (c2sp.org/tlog-policy). */
export function policyIn(path: string): Promise<Policy> {
  return policyOf({ path, option: "--policy" });
}
