// Rules that must be missed when they are taken out: where each stands, what is written instead, which tests of packages
// are to notice. To add one, copy an entry. A rule that moved is told by `npm run check:house`.

/**
 * @typedef {object} Rule
 * @property {string} rule what holds, in words
 * @property {string} file where it stands
 * @property {string} text how it is written; once in the file
 * @property {string} instead what is written without it
 * @property {readonly string[]} tests files of tests of packages, quick ones
 */

/** @type {readonly Rule[]} */
export const RULES = [
  {
    rule: "admission: an issuer's numbers have no gaps",
    file: "packages/replay/src/admission.ts",
    text: "if (statement.sequence > expected) {",
    instead: "if (false) {",
    tests: ["packages/replay/test/admission.test.ts"],
  },
  {
    rule: "admission: a statement needs valid signatures of its issuer",
    file: "packages/replay/src/admission.ts",
    text: "if (got >= needed) return undefined;",
    instead: "if (got >= 0) return undefined;",
    tests: ["packages/replay/test/admission.test.ts"],
  },
  {
    rule: "admission: who says it must have a role that may",
    file: "packages/replay/src/admission.ts",
    text: "return roles.includes(role)",
    instead: "return roles.length > 0",
    tests: ["packages/replay/test/admission.test.ts"],
  },
  {
    rule: "admission: no time outside the marks",
    file: "packages/replay/src/admission.ts",
    text: "if (issuedAt >= first && issuedAt <= last) return undefined;",
    instead: "if (issuedAt >= first) return undefined;",
    tests: ["packages/replay/test/admission.test.ts", "packages/audit/test/marks.test.ts"],
  },
  {
    rule: "admission: a contradiction needs the issuer's signature",
    file: "packages/record/src/statements/contradiction-report.ts",
    text: "if (signersOf(other.envelope, keysEverOf(state, issuer)).length === 0)",
    instead: "if (false)",
    tests: ["packages/views/test/life-of-an-agreement.test.ts"],
  },
  {
    rule: "record: a leaf of the tree never hashes as a node",
    file: "packages/record/src/tree/proof.ts",
    text: "sha256(concatBytes(NODE_PREFIX, left, right))",
    instead: "sha256(concatBytes(LEAF_PREFIX, left, right))",
    tests: ["packages/record/test/rfc6962-merkle-tree.test.ts"],
  },
  {
    rule: "record: an entry is acknowledged once it is in the journal",
    file: "packages/record/src/log/sequencer.ts",
    text: "await this.#options.store.appendJournal({ first, entries });",
    instead: "void this.#options.store.appendJournal({ first, entries });",
    tests: ["packages/record/test/every-write-boundary.test.ts"],
  },
  {
    rule: "record: a checkpoint is shown with a quorum of witnesses",
    file: "packages/record/src/log/sequencer.ts",
    text: "if (!isQuorum) {",
    instead: "if (false) {",
    tests: ["packages/record/test/mirrors-and-split-views.test.ts"],
  },
  {
    rule: "record: a key of small order signs nothing",
    file: "packages/record/src/ed25519.ts",
    text: "return !isSmallOrder(publicKey) && !isSmallOrder(r);",
    instead: "return true;",
    tests: ["packages/record/test/strict-ed25519.test.ts"],
  },
  {
    rule: "record: JSON nests no deeper than 32",
    file: "packages/record/src/formats/canonical-json.ts",
    text: "if (++depth > MAX_DEPTH) {",
    instead: "if (++depth < 0) {",
    tests: ["packages/record/test/rfc8785-canonical-json.test.ts"],
  },
  {
    rule: "witness: what it saw is stored before it signs",
    file: "packages/record/src/store/witness.ts",
    text: 'await this.#write(join(this.#directoryOf(origin), "checkpoint"), cosigned);',
    instead: 'void this.#write(join(this.#directoryOf(origin), "checkpoint"), cosigned);',
    tests: ["packages/record/test/c2sp-tlog-witness.test.ts"],
  },
  {
    rule: "witness: only growth of the history it saw is cosigned",
    file: "packages/record/src/witness/add-checkpoint.ts",
    text: "if (inconsistent !== undefined) {",
    instead: "if (inconsistent !== undefined && isFork) {",
    tests: ["packages/record/test/c2sp-tlog-witness.test.ts"],
  },
  {
    rule: "evidence: a body's size is told before it is unpacked, and bounded",
    file: "packages/evidence/src/formats/prometheus/remote-write-body.ts",
    text: "if (declared > MAX_BODY_BYTES) {",
    instead: "if (false) {",
    tests: ["packages/evidence/test/prometheus-remote-write.test.ts"],
  },
  {
    rule: "coalition: whoever rests on somebody who left leaves too",
    file: "packages/agreement/src/reading/circuit.ts",
    text: "if (leaf !== undefined && this.#gates.isTrue(leaf)) this.#gates.lose(leaf, 1, fallen);",
    instead: "if (leaf === undefined) this.#gates.lose(TRUE, 0, fallen);",
    tests: ["packages/agreement/test/coalition-fixed-point.test.ts"],
  },
  {
    rule: "coalition: an exit takes its notice",
    file: "packages/agreement/src/coalition/step.ts",
    text: "const notice = this.#at + this.#rules.withdrawal.noticeMs;",
    instead: "const notice = this.#at;",
    tests: ["packages/agreement/test/timeline-and-instants.test.ts"],
  },
  {
    rule: "gate: all jobs of a run count together",
    file: "packages/gate/src/objections/over-run.ts",
    text: "const all = ancestry + before + judged.flop;",
    instead: "const all = ancestry + judged.flop;",
    tests: ["packages/gate/test/decisions.test.ts"],
  },
  {
    rule: "gate: without a fresh mark of time it is unsure",
    file: "packages/gate/src/decide.ts",
    text: "if (now - asOf > policy.staleHours * HOUR_MS)",
    instead: "if (false)",
    tests: ["packages/gate/test/decisions.test.ts"],
  },
  {
    rule: "reporting box: fewer members than its threshold read nothing",
    file: "packages/reporting-box/src/seal.ts",
    text: "await split(key, members.length, threshold)",
    instead: "await split(key, members.length, 2)",
    tests: ["packages/reporting-box/test/sealed-reports.test.ts"],
  },
  {
    rule: "panel: nobody rules in its own case",
    file: "packages/adjudication/src/panel.ts",
    text: "const recused = new Set([...inItsOwnCase, ...declared]);",
    instead: "const recused = new Set(declared);",
    tests: ["packages/adjudication/test/case-clocks.test.ts"],
  },
  {
    rule: "panel: the agreed quorum signs",
    file: "packages/adjudication/src/panel.ts",
    text: "return { recused, needed: Math.max(role?.signatures ?? 1, ...shares) };",
    instead: "return { recused, needed: role?.signatures ?? 1 };",
    tests: ["packages/adjudication/test/case-clocks.test.ts"],
  },
  {
    rule: "silence: who owes a report and gives none is unverified",
    file: "packages/verification/src/on-record/last-due.ts",
    text: 'owedBy(state, party, newest).some(({ standing }) => standing === "missing") ||',
    instead: "",
    tests: ["packages/views/test/reporting-on-record.test.ts"],
  },
  {
    rule: "indicators: noise alone trips nothing",
    file: "packages/indicators/src/tripwire.ts",
    text: "if (slowestMillidays !== null && slowestMillidays < tripwire.tripBelowDays * 1000)",
    instead: "if (doublingMillidays < tripwire.tripBelowDays * 1000)",
    tests: ["packages/indicators/test/metr-time-horizon-doubling.test.ts"],
  },
  {
    rule: "statistics: ties share the mean of their ranks",
    file: "packages/statistics/src/ranks.ts",
    text: "for (let k = first; k < end; k++) ranks[at(order, k)] = (first + end - 1) / 2;",
    instead: "for (let k = first; k < end; k++) ranks[at(order, k)] = k;",
    tests: ["packages/statistics/test/ranks.test.ts"],
  },
  {
    rule: "audit: an entry that admission refuses convicts the keeper",
    file: "packages/audit/src/audit.ts",
    text: "if (fault === undefined) return;",
    instead: "if (fault === undefined || state.size > 0) return;",
    tests: ["packages/audit/test/audit-of-a-lying-keeper.test.ts"],
  },
  {
    rule: "one law: a check is asked only of the duties that it serves",
    file: "packages/verification/src/check-duties.ts",
    text: "if (!check.serves.includes(duty.kind)) return false;",
    instead: "",
    tests: [
      "packages/views/test/one-law-on-record.test.ts",
      "packages/verification/test/verdict-rule.test.ts",
    ],
  },
  {
    rule: "one kernel: records outside of the time in which a party was bound accuse nobody",
    file: "packages/verification/src/logs/records.ts",
    text: "if (this.#log.judged?.[record] === 0) return;",
    instead: "",
    tests: ["packages/verification/test/logs-by-one-kernel.test.ts"],
  },
  {
    rule: "one kernel: a check of logs serves only duties that ask for its rule",
    file: "packages/verification/src/check-duties.ts",
    text: "logRulesOf(obligation).includes(check.rule)",
    instead: "true",
    tests: ["packages/verification/test/logs-by-one-kernel.test.ts"],
  },
  {
    rule: "assurance: evasions are played into a site without what others measured and what else is on record",
    file: "packages/verification/src/assurance.ts",
    text: "    beside: nothingBeside,",
    instead: "    beside: subject.beside ?? nothingBeside,",
    tests: ["packages/verification/test/assurance-sees-only-what-is-played-into.test.ts"],
  },
  {
    rule: "verdict of a party: a period that is judged late is not the newest",
    file: "packages/verification/src/reducer.ts",
    text: "const isNewest = before === undefined || endOf(before) <= endOf(verdict);",
    instead: "const isNewest = true;",
    tests: ["packages/views/test/party-verdict.test.ts"],
  },
  {
    rule: "verdict of a party: who is silent is unverified at best",
    file: "packages/verification/src/on-record/party-verdict.ts",
    text: "verdict: worst(silent || values.length === 0 ?",
    instead: "verdict: worst(values.length === 0 ?",
    tests: ["packages/views/test/reporting-on-record.test.ts"],
  },
  {
    rule: "versions: what follows a statement that is not understood is charged to nobody",
    file: "packages/replay/src/admission.ts",
    text: "return isUnknownVersion(refusal) || notUnderstood.size > 0",
    instead: "return isUnknownVersion(refusal)",
    tests: ["tests/recompute-by-method.test.ts"],
  },
  {
    rule: "versions: a verdict is recomputed by the method that it names and by no other",
    file: "packages/verification/src/methods/registry.ts",
    text: "one.name === name && one.version === version",
    instead: "one.name === name",
    tests: ["tests/recompute-by-method.test.ts"],
  },
];
