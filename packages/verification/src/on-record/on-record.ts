import type { AgreementPart } from "@standstill/agreement";
import type { EvidencePart } from "@standstill/evidence";
import type { MarksPart } from "@standstill/record";
import type { VerdictPart } from "../state.ts";

/** What verdicts are computed from, as far as the record has come; the state of a replay has it. */
export type OnRecord = AgreementPart & EvidencePart & VerdictPart & MarksPart;
