import { EvidenceError } from "@standstill/evidence";
import { reasonOf } from "@standstill/record";
import type { Monitor } from "./monitor.ts";

/** Asks an exporter for its metrics and takes them in. Refuses (`store-unavailable`) an exporter that does not answer. */
export async function scrape(monitor: Monitor, url: string, timeoutMs: number): Promise<number> {
  let text: string;
  let type: string;
  try {
    const response = await fetch(url, {
      headers: { accept: ACCEPT },
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`status ${response.status}`);
    const bytes = await response.arrayBuffer();
    if (bytes.byteLength > MOST_BYTES) throw new Error(`${bytes.byteLength} bytes`);
    text = new TextDecoder().decode(bytes);
    type = response.headers.get("content-type") ?? "";
  } catch (cause) {
    const message = `expected metrics at ${url}, got ${reasonOf(cause)}`;
    throw new EvidenceError("store-unavailable", message, { cause });
  }
  return (await monitor.scraped(text, type)).kept;
}

const ACCEPT =
  "application/openmetrics-text;version=1.0.0;q=0.9,text/plain;version=0.0.4;q=0.8,*/*;q=0.1";
const MOST_BYTES = 64 << 20;
