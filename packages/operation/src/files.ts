/** The parts of operation that touch files. */

// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type OpenOutbox, openOutbox } from "./files/outbox-file.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export type { Described } from "./operator/described-file.ts";
export {
  IMPORT_FORMATS,
  type Import,
  type ImportFormat,
  importFile,
  type Kept,
} from "./operator/import-file.ts";
