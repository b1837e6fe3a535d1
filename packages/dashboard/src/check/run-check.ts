import type { CheckMessage, CheckRequest } from "./messages.ts";

/** Gives a request to a checker and tells what it says, until it is done. */
export function runCheck(
  worker: Worker,
  request: CheckRequest,
  tell: (message: CheckMessage) => void,
): void {
  worker.addEventListener("message", (event: MessageEvent<CheckMessage>) => {
    tell(event.data);
    if (event.data.kind !== "progress") worker.terminate();
  });
  worker.addEventListener("error", () =>
    tell({ kind: "failed", message: "the checker could not be loaded" }),
  );
  worker.postMessage(request);
}
