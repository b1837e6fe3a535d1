import { defineCommand } from "../../command/define.ts";
import { path, port, seconds, text } from "../../command/format.ts";
import { flag, optional, several, usual } from "../../command/input.ts";
import { up } from "./up.ts";

/** `standstill up`: plays the example into a data directory and serves it. */
export const command = defineCommand({
  summary: "Play the example on recorded readings, and serve its page",
  options: {
    data: usual("<dir>", "data directory; the record lies in <dir>/record", path, ".standstill"),
    port: usual("<number>", "port on 127.0.0.1", port, "7878"),
    markEvery: usual("<seconds>", "say what time it is so often while serving", seconds, "3600"),
    witness: several("<id=url>", "a witness of the example that runs elsewhere", text),
    bucket: optional(
      "<url>",
      "keep the log in this S3-compatible bucket; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY open it",
      text,
    ),
    jointKey: optional(
      "<file>",
      "what all know of the log's key, where several hold it together",
      text,
    ),
    holder: several("<name=url>", "who holds it", text),
    once: flag("do the round, print the verdicts and exit"),
  },
  examples: ["standstill up", "standstill up --once --json --data /tmp/standstill"],
  action: async ({ bucket, jointKey, ...given }, terminal) => {
    await up(
      {
        ...given,
        ...(bucket === undefined ? {} : { bucket }),
        ...(jointKey === undefined ? {} : { jointKey }),
        json: terminal.isJson,
      },
      terminal,
    );
    return "ok";
  },
});
