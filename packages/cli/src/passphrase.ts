import { UsageError } from "./output.ts";

/** A passphrase from STANDSTILL_PASSPHRASE, or typed where there is a terminal; it is not shown. */
export async function passphrase(question: string): Promise<string> {
  const given = process.env.STANDSTILL_PASSPHRASE;
  if (given !== undefined) return given;
  if (!process.stdin.isTTY) {
    throw new UsageError(
      "expected a passphrase, got none",
      "Set STANDSTILL_PASSPHRASE, or run the command in a terminal.",
    );
  }
  process.stderr.write(question);
  process.stdin.setRawMode(true);
  let typed = "";
  try {
    for await (const chunk of process.stdin) {
      for (const character of String(chunk)) {
        if (character === "\r" || character === "\n") return typed;
        if (character === "\u0003") {
          throw new UsageError("expected a passphrase, got Ctrl-C", "Run the command again.");
        }
        typed = character === "\u007f" ? typed.slice(0, -1) : typed + character;
      }
    }
    return typed;
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    process.stderr.write("\n");
  }
}
