import { join } from "node:path";
import { type Disk, localDisk, readIfThere } from "./disk.ts";
import { makeDirectoryDurably, writeAllDurably, writeDurably } from "./durable-file.ts";
import { Journal } from "./journal.ts";
import { takeLock } from "./lock.ts";
import type { LogStore, RecordSource } from "./source.ts";

/** Where a log lies on this machine. Both directories are on one disk. */
export interface DirectoryStoreOptions {
  /** The public files: checkpoint, tiles, blobs. */
  readonly recordDirectory: string;
  /** The writer's own files: journal, newest signed checkpoint, lock, temporary files. */
  readonly stateDirectory: string;
  /** For tests of crashes; this machine's disk otherwise. */
  readonly disk?: Disk;
}

/** A record in a directory on this machine, to read. */
export function directorySource(directory: string): Required<RecordSource> {
  return {
    read: (path) => readIfThere(join(directory, ...path.split("/"))),
    list: () => localDisk.list(directory),
  };
}

/** A log in two directories on this machine. Refuses (`store-locked`) while another process holds it. */
export async function openDirectoryStore(options: DirectoryStoreOptions): Promise<LogStore> {
  const { recordDirectory, stateDirectory, disk = localDisk } = options;
  const at = (path: string) => join(recordDirectory, ...path.split("/"));
  const signed = join(stateDirectory, "signed");
  const temporary = join(stateDirectory, "temporary");
  await makeDirectoryDurably(recordDirectory, disk);
  await makeDirectoryDurably(stateDirectory, disk);
  const lock = await takeLock(disk, join(stateDirectory, "lock"));
  const journal = new Journal(disk, join(stateDirectory, "journal"));
  await disk.remove(temporary);
  return {
    read: (path) => disk.read(at(path)),
    list: () => disk.list(recordDirectory),
    write: (files) =>
      writeAllDurably(
        files.map(({ path, bytes }) => ({ path: at(path), bytes })),
        recordDirectory,
        temporary,
        disk,
      ),
    removePartials: (path) => disk.remove(at(`${path}.p`)),
    readSigned: () => disk.read(signed),
    writeSigned: (note) => writeDurably(signed, note, temporary, disk),
    readJournal: async () => {
      const batches = await journal.open();
      await disk.syncDirectory(stateDirectory);
      return batches;
    },
    appendJournal: (batch) => journal.append(batch),
    forgetJournal: (size) => journal.forget(size),
    close: async () => {
      await journal.close();
      await lock.release();
    },
  };
}
