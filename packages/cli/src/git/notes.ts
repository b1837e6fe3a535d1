import { type NoteAttestations, parseGitAiNote } from "@standstill/indicators";
import { git, gitText, type Repository } from "./git.ts";

/** Where git keeps notes of the git-ai standard. */
const REF = "ai";

/** Notes of the git-ai standard by commit, where the repository has any. */
export async function notesOf(repository: Repository): Promise<Map<string, NoteAttestations>> {
  const notes = new Map<string, NoteAttestations>();
  const list = await gitText(repository, ["notes", `--ref=${REF}`, "list"]).catch(() => "");
  const pairs = list
    .trim()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split(" "));
  if (pairs.length === 0) return notes;
  const chunks: Uint8Array[] = [];
  const blobs = pairs.map(([blob]) => blob).join("\n");
  await git(repository, ["cat-file", "--batch"], (chunk) => chunks.push(chunk), `${blobs}\n`);
  const bytes = Buffer.concat(chunks);
  let at = 0;
  for (const [, commit] of pairs) {
    const end = bytes.indexOf(10, at);
    const size = Number(bytes.subarray(at, end).toString().split(" ")[2]);
    notes.set(
      commit as string,
      parseGitAiNote(bytes.subarray(end + 1, end + 1 + size).toString("utf8")),
    );
    at = end + 1 + size + 1;
  }
  return notes;
}
