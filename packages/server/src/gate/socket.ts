import { createServer, type Server, type Socket } from "node:net";
import { GateError } from "@standstill/gate";
import { reasonOf, SECOND_MS } from "@standstill/record";
import type { Gate } from "./gate.ts";

/**
 * Answers over a socket of this machine: a line of JSON asks, a line of JSON answers. What cannot be answered is `{"error", "message"}`,
 * and whoever asks then does as the agreement says.
 */
export function createGateSocket(gate: Gate): Server {
  const server = createServer((socket) => serve(socket, gate));
  server.maxConnections = MOST_CONNECTIONS;
  return server;
}

/** Bytes of a question, as one that lists every job of a large cluster; questions that wait on one connection, and milliseconds of silence. */
const MOST_BYTES = 1_048_576;
const MOST_CONNECTIONS = 256;
const SILENCE_MS = 5 * SECOND_MS;

function serve(socket: Socket, gate: Gate): void {
  let rest = "";
  let last = Promise.resolve();
  socket.setEncoding("utf8");
  socket.setTimeout(SILENCE_MS, () => socket.destroy());
  // Who goes away before it is answered has its reason.
  socket.on("error", () => socket.destroy());
  socket.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    if (rest.length > MOST_BYTES || lines.some((line) => line.length > MOST_BYTES)) {
      socket.end(
        `${JSON.stringify(failure(new GateError("malformed-request", `expected at most ${MOST_BYTES} bytes`)))}\n`,
      );
      return;
    }
    for (const line of lines)
      last = last.then(async () => {
        const answer = await answerTo(gate, line);
        if (socket.writable) socket.write(`${JSON.stringify(answer, plain)}\n`);
      });
  });
}

async function answerTo(gate: Gate, line: string): Promise<unknown> {
  try {
    return await gate.answer(parsed(line));
  } catch (error) {
    return failure(error);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Where the line stops being JSON helps nobody who asks.
    throw new GateError("malformed-request", "expected a line of JSON, got one that is none");
  }
}

function failure(error: unknown): { readonly error: string; readonly message: string } {
  const code = error instanceof GateError ? error.code : "failed";
  return { error: code, message: reasonOf(error) };
}

/** Amounts as text: JSON has no whole numbers of this size. */
export function plain(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}
