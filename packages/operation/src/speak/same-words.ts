import { canonicalJson } from "@standstill/record";

/** Whether two bodies are the same words: the same canonical JSON. */
export function sameWords(one: object | undefined, other: object): boolean {
  return one !== undefined && canonicalJson(one) === canonicalJson(other);
}
