import { there } from "@standstill/record";
import type { LogPlay } from "../play.ts";

/** The evasion `edited-log`, committed in an activity log. */
export const editedLogOnLogs: LogPlay = {
  commit: (honest) => honest,
  edit(text, random) {
    const lines = text.split("\n");
    const at = random.below(Math.max(1, lines.length - 2));
    lines[at] = there(lines[at]).replace(/"region":"coast"/, '"region":"coast" ');
    return lines.join("\n");
  },
};
