import { nameSchema, type StatementKind, sha256Schema } from "@standstill/record";
import { z } from "zod";

const text = z.string().min(1).max(2000);

/** `case/open`: the keeper or a party asks another party to clarify findings of a verdict. It accuses nobody. */
export const caseOpen = {
  type: "case/open",
  roles: ["keeper", "party"],
  body: z.strictObject({
    case: nameSchema,
    party: nameSchema,
    /** Id of the `verdict/publish` whose findings are to be clarified. */
    verdict: sha256Schema,
    findings: z.array(nameSchema).min(1).max(50),
    question: text,
  }),
} satisfies StatementKind;

/** `case/answer`: the party that was asked answers, once. */
export const caseAnswer = {
  type: "case/answer",
  roles: ["party"],
  body: z.strictObject({ case: nameSchema, answer: text }),
} satisfies StatementKind;
