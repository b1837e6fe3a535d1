/** HTTP API and static pages over one record. */
export { RefusedError, Registry, type RegistryOptions, recordDirectory } from "./registry.ts";
export { type PublishedRound, publishedRound } from "./routes/round.ts";
export type { PowerSeries } from "./power-series.ts";
export { createServer, type ServerOptions } from "./server.ts";
