import {
  type FileHandle,
  link,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
} from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { codeOf } from "../thrown.ts";

/** A file that grows at its end and is cut from its end. */
export interface DiskFile {
  /** Writes at the end; not durable yet. */
  append(bytes: Uint8Array): Promise<void>;
  /** Makes what was written survive a power loss. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The few operations on a disk that a record needs. A crash may fall between any two of them, and within each; the
 * tests walk through all of these places with a disk of their own.
 */
export interface Disk {
  /** Content of a file, or `undefined` where there is none. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Paths of all files below a directory, relative to it, with "/", sorted; none where there is no directory. */
  list(directory: string): Promise<string[]>;
  /** Writes a whole file and syncs its content; its name is durable only after `syncDirectory`. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** Gives a file a second name; refuses one that is taken. */
  link(from: string, to: string): Promise<void>;
  /** Removes a file or a directory with all that is in it. */
  remove(path: string): Promise<void>;
  /** Makes a directory and those above it. */
  makeDirectory(path: string): Promise<void>;
  /** Makes the names in a directory survive a power loss. */
  syncDirectory(path: string): Promise<void>;
  /** Creates a file to append to; refuses one that is there. */
  create(path: string): Promise<DiskFile>;
}

/** The disk of this machine. */
export const localDisk: Disk = {
  read: readIfThere,
  list: async (directory) => {
    const found = await readdir(directory, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return [];
        throw error;
      },
    );
    return found
      .filter((item) => !item.isDirectory())
      .map((item) => relative(directory, join(item.parentPath, item.name)).split(sep).join("/"))
      .sort();
  },
  write: async (path, bytes) => {
    const file = await open(path, "w", 0o644);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  },
  rename,
  link,
  remove: (path) => rm(path, { recursive: true, force: true }),
  makeDirectory: async (path) => {
    await mkdir(path, { recursive: true });
  },
  syncDirectory: async (path) => {
    const directory = await open(path, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  },
  create: async (path) => {
    const file = await open(path, "wx", 0o600);
    return {
      append: (bytes) => writeAll(file, bytes),
      sync: () => file.datasync(),
      close: () => file.close(),
    };
  },
};

/** Content of a file, or `undefined` where there is none. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
    throw error;
  }
}

/** The system may write less than it was given, as when the disk is nearly full. */
async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, at, bytes.length - at);
    at += bytesWritten;
  }
}
