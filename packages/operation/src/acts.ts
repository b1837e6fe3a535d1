import { extendStep, openCase, takeStep, withdrawCase } from "./anyone/cases.ts";
import { showContradiction } from "./anyone/contradictions.ts";
import { commitNonce, revealNonce } from "./anyone/draws.ts";
import { revokeKey, rotateKey } from "./anyone/keys.ts";
import { measure, measureIndicator } from "./anyone/measure.ts";
import { signSupport, withdrawSupport } from "./anyone/supports.ts";
import { openVote } from "./anyone/votes.ts";
import { vouchFor } from "./anyone/vouch.ts";
import { acceptSafeguard, openBox, rule, settleReports } from "./inspector/panel.ts";
import { judgeReports } from "./keeper/judge-reports.ts";
import { markTime } from "./keeper/mark-time.ts";
import { measureCoverage } from "./keeper/measure-coverage.ts";
import { propose } from "./keeper/propose.ts";
import { receiveReport } from "./keeper/receive-report.ts";
import {
  adopt,
  amend,
  consent,
  pledge,
  suspendPledge,
  withdrawPledge,
} from "./operator/adoption.ts";
import { answer, appeal, remedy, voteInCase } from "./operator/cases.ts";
import { claim } from "./operator/claim.ts";
import { declareRun, declareSite } from "./operator/declare.ts";
import { report } from "./operator/report.ts";
import { submitSafeguard } from "./operator/safeguards.ts";
import { openGate, readyToStop, stopped } from "./operator/stopping.ts";
import { castVote } from "./operator/votes.ts";

/** Every type of statement with the act that says it. A test holds it together with the statements that a record can hold. */
export const ACTS = {
  "agreement/adopt": adopt,
  "agreement/amend": amend,
  "agreement/consent": consent,
  "agreement/propose": propose,
  "case/answer": answer,
  "case/appeal": appeal,
  "case/extend": extendStep,
  "case/open": openCase,
  "case/remedy": remedy,
  "case/rule": rule,
  "case/step": takeStep,
  "case/vote": voteInCase,
  "case/withdraw": withdrawCase,
  "contradiction/report": showContradiction,
  "coverage/measure": measureCoverage,
  "gate/open": openGate,
  "indicator/claim": claim,
  "indicator/measure": measureIndicator,
  "box/open": openBox,
  "box/receive": receiveReport,
  "box/settle": settleReports,
  "key/revoke": revokeKey,
  "key/rotate": rotateKey,
  "measurement/report": measure,
  "nonce/commit": commitNonce,
  "nonce/reveal": revealNonce,
  "period/report": report,
  "pledge/make": pledge,
  "pledge/suspend": suspendPledge,
  "pledge/withdraw": withdrawPledge,
  "program/vouch": vouchFor,
  "run/declare": declareRun,
  "safeguard/accept": acceptSafeguard,
  "safeguard/submit": submitSafeguard,
  "site/declare": declareSite,
  "stop/done": stopped,
  "stop/ready": readyToStop,
  "support/sign": signSupport,
  "support/withdraw": withdrawSupport,
  "time/mark": markTime,
  "verdict/publish": judgeReports,
  "vote/cast": castVote,
  "vote/open": openVote,
} as const;
