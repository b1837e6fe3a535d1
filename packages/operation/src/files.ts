/** The parts of operation that touch files. */
export { type OpenOutbox, openOutbox } from "./files/outbox-file.ts";
export type { Described } from "./operator/described-file.ts";
export {
  IMPORT_FORMATS,
  type Import,
  type ImportFormat,
  importFile,
  type Kept,
} from "./operator/import-file.ts";
