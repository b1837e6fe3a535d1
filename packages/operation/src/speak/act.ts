import type { State } from "@standstill/replay";
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
export function actOf<Body extends object>(
  kind: Sayable<Body>,
  isHeld: (state: State, body: Body, issuer: string) => boolean = () => false,
): Act<Body> {
  return (speaker, body) =>
    inTurn(speaker, async (say) =>
      isHeld(speaker.registrar.state, body, speaker.issuer) ? undefined : say(kind, body),
    );
}
