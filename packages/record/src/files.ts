/** The parts of the record that touch files and the network: the writer, directories, web servers, witnesses. */
export { directorySource, readIfThere } from "./store/directory-source.ts";
export { writeDurably } from "./store/durable-file.ts";
export { type FileWitnessOptions, fileWitness } from "./store/file-witness.ts";

export { type Cosigner, type LogOptions, LogWriter } from "./store/log-writer.ts";
