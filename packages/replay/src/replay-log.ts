import { signingKeysOf } from "@standstill/agreement";
import { CheckedSignatures, isRefusal, type TileTree } from "@standstill/record";
import { type Decoded, decodeOrRefuse, replayDecoded } from "./replay.ts";
import type { State } from "./state.ts";

/** Bundles whose signatures are checked at once, 256 statements each. */
const AHEAD = 6;

/**
 * Replays the entries of a log from where a state ends, with signatures checked off this thread some bundles ahead. Each
 * entry was compared with the tree before. Memory does not grow with the log, but for what the state keeps.
 *
 * @param state where to go on from; that of the empty record at first
 * @param onEntry called with the states before and after each entry
 */
export async function replayLog(
  tree: TileTree,
  state: State,
  onEntry: (before: State, after: State) => Promise<void> | void = () => undefined,
): Promise<State> {
  let current = state;
  const checked: Promise<{ decoded: readonly Decoded[]; signatures: CheckedSignatures }>[] = [];
  const foldFirst = async () => {
    const first = await checked.shift();
    if (first === undefined) return;
    const { decoded, signatures } = first;
    for (const one of decoded) {
      const before = current;
      current = replayDecoded(before, one, signatures.signersOf);
      await onEntry(before, current);
    }
  };
  for await (const { entries } of tree.bundles(state.size)) {
    const bundle = check(entries, current);
    // Whoever takes it from the queue sees its failure; until then nobody must miss it.
    bundle.catch(() => undefined);
    checked.push(bundle);
    if (checked.length > AHEAD || current.agreement.terms === undefined) await foldFirst();
  }
  while (checked.length > 0) await foldFirst();
  return current;
}

/** Decodes entries and checks signatures by the keys that count as things stand; others are checked when they are folded. */
async function check(entries: readonly Uint8Array[], state: State) {
  const signatures = new CheckedSignatures();
  const decoded = entries.map(decodeOrRefuse);
  await signatures.check(
    decoded.flatMap((one) =>
      isRefusal(one)
        ? []
        : [
            {
              envelope: one.envelope,
              publicKeys: signingKeysOf(state.agreement, one.statement.issuer),
            },
          ],
    ),
  );
  return { decoded, signatures };
}
