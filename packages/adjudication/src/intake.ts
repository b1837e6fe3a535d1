import type { Terms } from "@standstill/agreement";
import {
  nameSchema,
  type Refusal,
  refuse,
  type Said,
  type StatementKind,
  sha256Schema,
} from "@standstill/record";
import { OrderedMap } from "immutable";
import { z } from "zod";

/**
 * `intake/open`: a panel says to whose keys reports of people are sealed, and how many of them open one. It is signed by the panel together, so
 * that whoever keeps the server cannot put its own keys there.
 */
export const intakeOpen = {
  type: "intake/open",
  roles: ["adjudicator"],
  body: z
    .strictObject({
      threshold: z.int().min(2).max(20),
      members: z
        .array(
          z.strictObject({
            member: nameSchema,
            /** Uncompressed P-256 point in base64. */
            publicKey: z.string().regex(/^[A-Za-z0-9+/]{86,88}={0,2}$/),
          }),
        )
        .min(2)
        .max(20),
    })
    .refine(
      ({ threshold, members }) => threshold <= members.length,
      "expected a threshold of at most the members",
    ),
} satisfies StatementKind;

/** `intake/receive`: the keeper says that a sealed report was handed in, by its hash alone: proof for whoever wrote it, and a name for nobody. */
export const intakeReceive = {
  type: "intake/receive",
  roles: ["keeper"],
  body: z.strictObject({ report: sha256Schema }),
} satisfies StatementKind;

/** To whom reports are sealed now, and which were received, with their entries. */
export interface IntakeState {
  readonly open: (z.infer<typeof intakeOpen.body> & { readonly index: number }) | null;
  readonly received: OrderedMap<string, number>;
}

/** Before any panel opened an intake. */
export const noIntake: IntakeState = { open: null, received: OrderedMap() };

/** `intake/open`: members of the panel that says so, each once; a later word replaces the earlier. */
export function reduceIntakeOpen(
  state: IntakeState,
  { index, statement, body }: Said<z.infer<typeof intakeOpen.body>>,
  { roles = [] }: Pick<Terms, "roles">,
): IntakeState | Refusal {
  const holders = roles.find(({ id }) => id === statement.issuer)?.holders ?? [];
  const names = body.members.map(({ member }) => member);
  const stranger = names.find((name) => !holders.includes(name));
  if (stranger !== undefined || new Set(names).size !== names.length)
    return refuse(
      "not-its-own",
      `expected members of ${statement.issuer}, each once, got ${stranger ?? "one twice"}`,
    );
  return { ...state, open: { ...body, index } };
}

/** `intake/receive`: each report once. */
export function reduceReceive(
  state: IntakeState,
  { index, body: { report } }: Said<z.infer<typeof intakeReceive.body>>,
): IntakeState | Refusal {
  if (state.received.has(report))
    return refuse("already-said", `expected another report, got ${report} again`);
  return { ...state, received: state.received.set(report, index) };
}
