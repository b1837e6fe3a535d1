import { there } from "@standstill/record";
import { declaring } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `model-told-too-large`, committed against a made-up site. */
export const modelToldTooLargeOnSites: SitePlay = {
  commit: (honest, _random, size) =>
    declaring(
      honest,
      honest.subject.runs.map((run) => {
        const times = BigInt(1 + Math.floor(15 * size));
        if (run.activity !== "inference" || run.work.basis !== "tokens") return run;
        const of = (text: string) => BigInt(there(text.split(" ")[0]));
        const work = {
          basis: "tokens" as const,
          parameters: `${of(run.work.parameters) * times} parameters`,
          tokens: `${of(run.work.tokens) / times} tokens`,
        };
        return { ...run, work };
      }),
    ),
};
