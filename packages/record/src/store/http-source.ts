import { RecordError } from "../error.ts";
import type { RecordSource } from "./source.ts";

/** A record behind a web server; `url` is the log's prefix, as `https://example.org/record`. */
export function httpSource(url: string): RecordSource {
  const prefix = url.replace(/\/+$/, "");
  return {
    read: async (path) => {
      const response = await request(`${prefix}/${path}`);
      if (response.status === 404) return undefined;
      if (!response.ok) {
        throw new RecordError(
          "store-failed",
          `expected 200 or 404 for ${path}, got ${response.status}`,
          { place: path },
        );
      }
      return limitedBody(response, path);
    },
  };
}

const MAX_FILE_BYTES = 64 << 20;
const TIMEOUT_MILLISECONDS = 30_000;

async function request(url: string): Promise<Response> {
  try {
    return await fetch(url, {
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
      redirect: "error",
    });
  } catch (cause) {
    throw new RecordError("store-failed", `expected an answer from ${url}, got none`, {
      place: url,
      cause,
    });
  }
}

async function limitedBody(response: Response, path: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_FILE_BYTES) {
      throw new RecordError(
        "limit-exceeded",
        `expected at most ${MAX_FILE_BYTES} bytes for ${path}, got more`,
      );
    }
    chunks.push(chunk);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
