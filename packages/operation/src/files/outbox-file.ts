import { join } from "node:path";
import {
  type Disk,
  localDisk,
  makeDirectoryDurably,
  takeLock,
  writeDurably,
} from "@standstill/record/files";
import { Outbox } from "../speak/outbox.ts";

/** An outbox in a directory, of which this process is the only user until it closes it. */
export interface OpenOutbox {
  readonly outbox: Outbox;
  close(): Promise<void>;
}

/**
 * Opens the outbox of an issuer in a directory of its own: what was signed and has no answer survives a crash, and is sent again before anything else is signed.
 * Refuses (`store-locked`) while another process has it, since two that count for one issuer would sign one number twice.
 */
export async function openOutbox(directory: string, disk: Disk = localDisk): Promise<OpenOutbox> {
  await makeDirectoryDurably(directory, disk);
  const lock = await takeLock(disk, join(directory, "lock"));
  const path = join(directory, "waiting.json");
  const outbox = new Outbox({
    read: () => disk.read(path),
    write: (bytes) => writeDurably(path, bytes, join(directory, "temporary"), disk),
    clear: async () => {
      await disk.remove(path);
      await disk.syncDirectory(directory);
    },
  });
  return { outbox, close: () => lock.release() };
}
