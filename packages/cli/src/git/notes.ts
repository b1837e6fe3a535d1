import { type NoteAttestations, noteObjects, parseNoteBatch } from "@standstill/indicators";
import { git, gitText, type Repository } from "./git.ts";

/** Notes of the git-ai standard (refs/notes/ai) by commit, where the repository has any. */
export async function notesOf(
  repository: Repository,
): Promise<ReadonlyMap<string, NoteAttestations>> {
  // Git fails where there is no such ref.
  const list = await gitText(repository, ["notes", "--ref=ai", "list"]).catch(() => "");
  const objects = noteObjects(list).map(({ object }) => object);
  if (objects.length === 0) return new Map();
  const chunks: Uint8Array[] = [];
  const args = ["cat-file", "--batch"];
  await git(repository, args, (chunk) => chunks.push(chunk), `${objects.join("\n")}\n`);
  return parseNoteBatch(list, Buffer.concat(chunks));
}
