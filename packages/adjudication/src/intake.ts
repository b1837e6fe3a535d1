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

/**
 * `intake/settle`: the panel is done with reports, so that the server keeps them no longer: it has read them, or they are nothing it can read.
 * That they were received stays on record.
 */
export const intakeSettle = {
  type: "intake/settle",
  roles: ["adjudicator"],
  body: z.strictObject({ reports: z.array(sha256Schema).min(1).max(500) }),
} satisfies StatementKind;

/** To whom reports are sealed now, which were received, with their entries, and which the panel is done with. */
export interface IntakeState {
  readonly open: (z.infer<typeof intakeOpen.body> & OpenedBy) | null;
  readonly received: OrderedMap<string, number>;
  readonly settled: OrderedMap<string, number>;
}

interface OpenedBy {
  readonly panel: string;
  readonly index: number;
}

/** Before any panel opened an intake. */
export const noIntake: IntakeState = {
  open: null,
  received: OrderedMap(),
  settled: OrderedMap(),
};

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
  return { ...state, open: { ...body, panel: statement.issuer, index } };
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

/** `intake/settle`: by the panel to whose members reports are sealed, of reports that were received, each once. */
export function reduceSettle(
  state: IntakeState,
  { index, statement, body: { reports } }: Said<z.infer<typeof intakeSettle.body>>,
): IntakeState | Refusal {
  const { open, received, settled } = state;
  if (open?.panel !== statement.issuer)
    return refuse(
      "not-its-own",
      `expected the panel that opened the intake, got ${statement.issuer}`,
    );
  const strange = reports.find((report) => !received.has(report));
  if (strange !== undefined)
    return refuse("not-declared", `expected reports that were received, got ${strange}`);
  const again = reports.find((report) => settled.has(report));
  if (again !== undefined || new Set(reports).size !== reports.length)
    return refuse("already-said", `expected each report once, got ${again ?? "one"} again`);
  const now = OrderedMap(reports.map((report): [string, number] => [report, index]));
  return { ...state, settled: settled.merge(now) };
}
