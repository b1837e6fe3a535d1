import { type BalanceTest, DETECTION, testBalances } from "@standstill/verification";
import { z } from "zod";
import { defineCommand } from "../command/define.ts";
import { file } from "../command/format.ts";
import { needed } from "../command/input.ts";
import { contentAs } from "../named-file.ts";
import { table, UsageError } from "../output.ts";

const amount = z.number().min(0).max(1e40);
const parts = z.strictObject({ begin: amount, increases: amount, decreases: amount, end: amount });
const fileSchema = z.strictObject({
  unit: z.string().min(1).max(40),
  /** Accepted probability of any false alarm over all periods. */
  falseAlarms: z.number().gt(0).lt(1),
  /** Smallest loss that matters, in the same unit. */
  significant: amount.optional(),
  /** Standard deviation of an error that is the same in every period. */
  systematic: amount.optional(),
  periods: z
    .array(z.strictObject({ name: z.string().max(80).optional(), ...parts.shape, errors: parts }))
    .min(1)
    .max(520),
});

/** `standstill balance`: what came, went and was found, period by period, and whether something is missing on the whole. */
export const command = defineCommand({
  summary: "Test a site's balances over many periods under one budget of false alarms",
  arguments: { file: needed("<file>", "balances and their errors, as YAML or JSON", file) },
  examples: ["standstill balance balances.yaml", "standstill balance balances.yaml --json"],
  exits: { findings: "a test alarms: something is missing" },
  action: async ({ file }, terminal) => {
    const { periods, ...budget } = await contentAs(
      file,
      fileSchema,
      "balances",
      "Give unit, falseAlarms, and periods with begin, increases, decreases, end and errors; docs/verification.md has an example.",
    );
    const { unit, falseAlarms, significant, systematic } = budget;
    const named = periods.map(({ name, ...period }) => ({ ...period, name }));
    const test = testedOr(file.path, () =>
      testBalances({ unit, falseAlarms, significant, systematic, periods: named }),
    );
    terminal.answer(test, () => describe(test, significant));
    return test.alarms > 0 ? "findings" : "ok";
  },
});

function testedOr<Result>(path: string, test: () => Result): Result {
  try {
    return test();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(
      `expected errors in ${path} from which a covariance follows, got: ${error.message}`,
      "Give each period errors above 0; the end of one period and the begin of the next are one inventory, with one error.",
    );
  }
}

function describe(
  { unit, limits, periods, alarms, leastDetectable: least }: BalanceTest,
  significant?: number,
): string {
  const small =
    significant === undefined
      ? ""
      : least <= significant
        ? ", which is no more than what matters"
        : `, which is more than the ${significant} ${unit} that matter`;
  return [
    alarms === 0
      ? "No test alarms over all periods."
      : "A test alarms: something is missing that errors of measurement do not explain.",
    `Over all periods, ${least.toPrecision(3)} ${unit} would be noticed with a probability of ${DETECTION}${small}.`,
    "",
    table(
      [
        "period",
        `unaccounted, ${unit}`,
        `cumulated (limit ${limits.cumulated.toFixed(2)})`,
        `Page (limit ${limits.page.limit.toFixed(2)})`,
        "alarm",
      ],
      periods.map((one) => [
        one.name,
        one.unaccounted.toPrecision(4),
        one.cumulated.toFixed(2),
        one.page.toFixed(2),
        one.alarms.join(", "),
      ]),
    ),
  ].join("\n");
}
