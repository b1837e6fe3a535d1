import { parseActivityTerms } from "@standstill/agreement";
import { readActivityTable } from "@standstill/evidence/activity";
import { judgeActivity } from "@standstill/verification/logs";

/** What `standstill verify --activity-log` answers with --json, wherever there is a JavaScript engine. */
export function judgeLog(name: string, content: string, terms: string): string {
  const verdict = judgeActivity(readActivityTable([{ name, content }]), parseActivityTerms(terms));
  return JSON.stringify(verdict, null, 2);
}
