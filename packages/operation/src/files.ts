/** The parts of operation that touch files. */
export { type OpenOutbox, openOutbox } from "./files/outbox-file.ts";
