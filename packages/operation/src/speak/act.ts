import type { State } from "@standstill/replay";
import type { z } from "zod";
import type { Entry } from "./registrar.ts";
import type { Sayable } from "./sayable.ts";
import { inTurn } from "./speak.ts";
import type { Speaker } from "./speaker.ts";

/**
 * An act: says something unless the record holds these very words of its issuer already, so that a script that was interrupted can begin again from its
 * start. Other words about the same are for admission to take or to refuse.
 *
 * @returns where it stands, or nothing where the record held it before
 */
export type Act<Body extends object> = (speaker: Speaker, body: Body) => Promise<Entry | undefined>;

/**
 * The act of one kind of statement.
 *
 * @param isHeld whether the record holds these words of an issuer; never, where a state does not keep them
 * @example const adopt = actOf(agreementAdopt, ({ agreement }, _, issuer) => agreement.adopted.has(issuer));
 */
export function actOf<Schema extends z.ZodType<object>>(
  kind: Sayable<Schema>,
  isHeld: (state: State, body: z.output<Schema>, issuer: string) => boolean = () => false,
): Act<z.output<Schema>> {
  return (speaker, body) =>
    inTurn(speaker, async (say) =>
      isHeld(speaker.registrar.state, body, speaker.issuer) ? undefined : say(kind, body),
    );
}
