import { EvidenceError } from "../error.ts";

/** Text of a file that people or programs exported: UTF-8, with or without its mark; another encoding is refused by name. */
export function textOfFile(bytes: Uint8Array): string {
  if (UTF16.some(([a, b]) => bytes[0] === a && bytes[1] === b) || looksLikeUtf16(bytes)) {
    throw new EvidenceError(
      "malformed-file",
      "expected UTF-8, got UTF-16; save the file as UTF-8, or convert it with iconv -f UTF-16 -t UTF-8",
    );
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new EvidenceError("malformed-file", "expected UTF-8, got bytes that are not", { cause });
  }
}

const UTF16 = [
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

/** Without a mark, every second byte of plain text is zero. */
function looksLikeUtf16(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  const zeros = head.reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  return head.length >= 8 && zeros * 3 >= head.length;
}
