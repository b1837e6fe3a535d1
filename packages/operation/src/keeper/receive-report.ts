import { boxReceive } from "@standstill/adjudication";
import { actOf } from "../speak/act.ts";

/** Says that a sealed report was handed in, by its name alone: proof for whoever wrote it. */
export const receiveReport = actOf(boxReceive, ({ box }, { report }) => box.received.has(report));
