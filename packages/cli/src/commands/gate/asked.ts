import { GateClient } from "@standstill/server";
import type { ValuesOf } from "../../command/define.ts";
import { path, whole } from "../../command/format.ts";
import { usual } from "../../command/input.ts";

/** Where a gate answers schedulers, unless another place is given. */
export const SOCKET = "/run/standstill/gate.sock";

/** Which running gate is asked, and how long it is waited for. */
export const askOptions = {
  socket: usual("<path>", "where the gate answers", path, SOCKET),
  timeout: usual(
    "<ms>",
    "milliseconds after which it counts as not answering",
    whole(1, 600_000),
    "2000",
  ),
};

/** The gate that answers there. */
export function gateAt({ socket, timeout }: ValuesOf<typeof askOptions>): GateClient {
  return new GateClient(socket, timeout);
}
