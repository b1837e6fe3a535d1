import type { AddressInfo } from "node:net";
import { SECOND_MS } from "@standstill/record";
import type { createWitnessServer } from "@standstill/server";

export { repeat } from "@standstill/server";

/** Servers of this program listen on this machine alone; a proxy in front of them is the operator's business. */
const HOST = "127.0.0.1";
/** How long who is connected is waited for when a server stops. */
const GRACE_MS = 2 * SECOND_MS;

/** Listens on a port of this machine, and returns the address. */
export async function listen(
  server: ReturnType<typeof createWitnessServer>,
  port: number,
): Promise<string> {
  // Somebody who connects and says nothing would hold up the stop until a time-out.
  server.addHook("preClose", async () => {
    setTimeout(() => server.server.closeAllConnections(), GRACE_MS).unref();
  });
  try {
    await server.listen({ host: HOST, port });
  } catch (error) {
    await server.close();
    throw error;
  }
  return `http://${HOST}:${(server.server.address() as AddressInfo).port}/`;
}

/** Resolves when somebody stops this program. */
export function stopped(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
}
