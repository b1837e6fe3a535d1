/** The parts of the record that touch files and the network: the sequencer, stores, witnesses. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type BucketOptions, openBucketStore } from "./store/bucket-store.ts";
export {
  type DirectoryStoreOptions,
  directorySource,
  openDirectoryStore,
} from "./store/directory-store.ts";
export type { Disk, DiskFile } from "./store/disk.ts";
export { encryptKey, publicKeyPem, readKey } from "./store/key-file.ts";
export { Witness, type WitnessAnswer, type WitnessOptions } from "./store/witness.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { localDisk, readIfThere } from "./store/disk.ts";
export { makeDirectoryDurably, writeDurably } from "./store/durable-file.ts";
export { decryptShare, encryptShare, openJointHolder } from "./store/joint-holder-files.ts";
export { type CeremonyOptions, joinCeremony } from "./store/key-ceremony-folder.ts";
export { takeLock } from "./store/lock.ts";
