import { makeMemberKeys } from "@standstill/reporting-box";
import { defineCommand } from "../../command/define.ts";
import { path } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { writeNew } from "../../named-file.ts";

/** `standstill box keys`: makes a member's keys; the private one stays in the file. */
export const command = defineCommand({
  summary: "Make the keys of a member of the panel; print the public one",
  options: { out: needed("<file>", "where the keys are kept; a new file", path) },
  examples: ["standstill box keys --out member.json"],
  action: async ({ out }, terminal) => {
    const keys = await makeMemberKeys();
    await writeNew(out, `${JSON.stringify(keys)}\n`, 0o600);
    terminal.answer({ publicKey: keys.publicKey }, keys.publicKey);
    return "ok";
  },
});
