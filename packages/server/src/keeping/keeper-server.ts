import { type Keeper, markTime, receiveReport } from "@standstill/operation";
import type { FastifyInstance } from "fastify";
import type { Registry } from "../registry.ts";
import { createServer, type ServerOptions } from "../server.ts";
import { repeat } from "./repeat.ts";

/** What it takes to keep a record in front of everybody. */
export interface KeeperServerOptions extends Omit<ServerOptions, "record" | "onReport"> {
  readonly registry: Registry;
  /** Who speaks for the keeper, to this registry. */
  readonly keeper: Keeper;
  /** Seconds between two marks of time. */
  readonly markEvery: number;
  /** Told when the time could not be marked, as when witnesses cannot be reached; it is tried again. */
  readonly onUnmarked: (error: Error) => void;
}

/**
 * A server that keeps a record, of whatever agreement: it takes statements and sealed reports in, says what was handed in, and marks the time again and again with a
 * checkpoint over all that was said. Closing it ends that; the registry stays open.
 */
export async function createKeeperServer(options: KeeperServerOptions): Promise<FastifyInstance> {
  const { registry, keeper, markEvery, onUnmarked, ...served } = options;
  const server = await createServer({
    ...served,
    record: registry,
    onReport: async (report) => {
      await receiveReport(keeper, { report });
    },
  });
  const end = repeat(
    async () => {
      await markTime(keeper);
      await registry.publish();
    },
    markEvery,
    onUnmarked,
  );
  server.addHook("onClose", end);
  return server;
}
