/** HTTP API and static pages over one record. */
export { RefusedError, Registry, type RegistryOptions, recordDirectory } from "./registry.ts";
export { publishedRound } from "./routes/round.ts";
export { createServer, type ServerOptions } from "./server.ts";
