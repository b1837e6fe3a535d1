import { type Draft, parseDraft } from "@standstill/agreement";

/** Terms that use every field of the language, each kind of obligation and each form of condition. */
export const FULL = `
name: Everything
version: 3
about: Terms that use every field.
source: Written for a test.
unverified: [The second annex was not seen.]
text: { languages: [en, fr], sha256: "${"ab".repeat(32)}", prevails: text }
adopted: "2026-06-04"
parties:
  - { id: north, name: North, kind: state, signatures: 2, deputy: north-deputy }
  - { id: south, name: South, kind: lab }
  - { id: east, name: East, kind: cloud }
  - { id: union, name: The Union, kind: organisation, countedWithMembers: true }
groups:
  - { id: coast, title: Those by the sea., parties: [north, east] }
weights:
  - { id: compute, title: Share of compute., unit: percent, frozen: "2026-01-01", total: "100", of: { north: "40", south: "30" }, source: A table. }
keeper: { id: secretariat, name: The Secretariat }
witnesses: [{ id: first, party: north }, { id: second, party: south }]
witnessQuorum: 2
roles:
  - { id: panel, name: The Panel, task: adjudicator, holders: [north, south], signatures: 2 }
  - { id: inspectors, name: The Inspectors, task: inspector, holders: [east, south], signatures: 2 }
marks: { everyHours: 24, beacon: quicknet, witnessed: true }
definitions:
  - { id: run, version: 1, text: One optimisation., rests: [optimisation] }
  - { id: optimisation, version: 2, text: A change of parameters. }
counting: { rule: native-operations, includes: [synthetic-data, merged-weights], errorMargin: "0.30", source: Agreed. }
h100e: { peak: 989e12 FLOP/s, precision: fp16, source: A data sheet. }
window: { milliseconds: 4000 }
synchrony: { smallestCorrelation: "0.20", source: Agreed. }
accelerators:
  - id: one
    name: One
    peak: { bf16: 1e15 FLOP/s, fp8: 2e15 FLOP/s }
    efficiency: { low: 1e11 FLOP/J, high: 2e12 FLOP/J, provenance: calculated, source: A sheet. }
    utilization: { low: "0.1", high: "0.6", source: A table. }
    power:
      idle: { low: 200 W, high: 300 W, provenance: measured, source: A meter. }
      full: { low: 700 W, high: 1200 W, provenance: estimated, source: A plate. }
    memory: 8e10 bytes
    source: A catalogue.
yardsticks:
  reporters: [north, inspectors]
  counters: { tensorPipe: { low: "0.4", high: "0.9" }, overhead: "1.5", idleActivity: "0.02", bytesPerToken: 2000 bytes, quietTraffic: 8e7 bit/s, bytesPerParameter: { training: "2", inference: "0.5" }, source: Tried. }
  landmarks: { lying: 1, source: Known. }
  identities: { maxAgeHours: 24, unverifiable: "0.05", source: Asked. }
  scores: [{ id: exam, name: An exam, most: [{ flop: 1e22 FLOP, score: "0.7" }], source: Seen. }]
  meters: { random: "0.001", systematic: "0.01", periods: { horizon: 12, cumulated: "2.87", reference: "0.5", page: "3.9" }, source: Class one. }
logs:
  deviceNames: "{node}/accelerator-{number}"
  longestRecordSeconds: 600
  permitted: { activities: [training, inference], teams: [red], regions: [shore], dataSources: [books], datasets: [{ sha256: ${"ab".repeat(32)}, sources: [books] }] }
  models: [{ model: small, parameters: 1000, precision: bf16, activities: [training], weights: [${"ac".repeat(32)}], flop: 1e20 FLOP }]
  changes: { mustBeDeclared: [model], declared: [{ workload: long, devices: [n1/gpu-0], from: "2026-07-01T00:00:00Z", until: "2026-07-02T00:00:00Z", reason: A mend. }] }
  outages: [{ devices: [n1/gpu-1], start: "2026-07-03T00:00:00Z", end: "2026-07-04T00:00:00Z", reason: A move. }]
  required: { training: [flop, tokens] }
  tolerances: { flopPerToken: { low: "0.6", high: "1.5" }, missing: "0.005", outages: "0.05", overlapSeconds: 1, utilization: "0.9", leastUtilization: "0.1" }
  evasions: [splitting]
obligations:
  - { id: a1, kind: training-run-limit, title: A limit., mode: cap, clause: Article 1, rests: [run], binds: coast, limit: 1e24 FLOP, over: lineage, taper: [{ afterDays: 30, limit: 5e23 FLOP }] }
  - { id: a2, kind: post-training-limit, title: Another., mode: cap, limit: 1e23 FLOP }
  - { id: a3, kind: training-declared, title: Declared., mode: cap, above: 1e22 FLOP }
  - { id: a4, kind: declared-before-start, title: Before., mode: cap, above: 1e22 FLOP, noticeDays: 30, silence: approval, approvedBy: inspectors }
  - { id: a5, kind: cluster-limit, title: Clusters., mode: cap, aboveH100e: "16", aboveMemory: 1e12 bytes, aboveBandwidth: 25e9 bit/s, stance: declared, withinDays: 120 }
  - { id: a6, kind: research-compute-limit, title: Research., mode: cap, limit: 1e25 FLOP, perDays: 365, taper: [{ afterDays: 60, limit: 5e24 FLOP }] }
  - { id: a7, kind: accelerators-registered, title: Register., mode: cap, located: true, everyDays: 90 }
  - { id: a8, kind: release-gate, title: Gate., mode: cap, safeguards: [evaluations] }
  - { id: a9, kind: automation-limit, title: Automation., mode: taper, from: wire, practice: Merging without a human. }
  - { id: a10, kind: powered-off, title: Off., mode: pause, aboveH100e: "16", shownBy: Cameras. }
  - { id: a11, kind: report, title: Incidents., mode: cap, of: Each incident., to: the panel, withinHours: 72 }
  - { id: a13, kind: activity-log, title: Logs., mode: cap, rules: [log-whole, time-covered] }
  - { id: a14, kind: activity-limit, title: Of logs., mode: cap, per: total, activities: [training], limit: 1e23 FLOP }
  - { id: a12, kind: conduct, title: Conduct., mode: cap, text: Behave. }
exemptions:
  - { id: e1, title: Relief., from: [a3], group: coast, uses: [service], belowH100e: 16, limit: 1e20 FLOP, perDays: 90, until: "2030-01-01" }
uses:
  - { id: service, title: Serving., stance: limited, limit: 1e21 FLOP, perDays: 30 }
goals: { significantQuantity: 1e22 FLOP, timelinessHours: 24, detectionProbability: "0.90", falseAlarmRate: "0.05", evasions: [undeclared-run], adversary: writes-own-readings }
accounts: { from: 2024-06-04T00:00:00.000Z }
reporting:
  - { id: r1, kind: periodic, title: Periods., withinDays: 7, everyDays: 30 }
  - { id: r2, kind: periodic, title: Months., withinDays: 7, everyMonths: 6 }
inspections: { perPartyPerYear: 4, accessWithinHours: 24, challenge: red-light, majority: "0.75", title: On request. }
adjudication:
  panel: panel
  quorum: "0.66"
  majority: "0.75"
  standard: More likely than not.
  steps:
    - { id: s1, title: Answer., by: accused, withinHours: 120, ifSilent: it goes on, extension: { by: keeper, hours: 24 } }
    - { id: s2, title: Vote., by: party, withinHours: 96, ifSilent: it stops, light: { rule: green-light, majority: "0.5" } }
    - { id: s3, title: Look., by: inspectors, withinHours: 96, ifSilent: it goes on, onlyIf: s2 }
  appealWithinDays: 30
  opensPerYear: 3
pause: { readyWithinHours: 24, stopWithinHours: 72, shownWithinHours: 120 }
gate: { whenUnsure: refuse, staleHours: 72, leaseHours: 24, breakGlass: { hours: 48, perYear: 2 } }
tripwires:
  - { id: wire, indicator: training-compute, watchBelowDays: 180, tripBelowDays: 90, source: Agreed. }
  - id: code
    indicator: ai-line-share
    worse: above
    watch: "0.5"
    alert: "0.8"
    trip: "0.95"
    by: interval
    inARow: 2
    measurers: 2
    stale: { days: 90, level: watch }
    together: [wire]
    source: Agreed.
triggers:
  - id: t1
    title: Up.
    when: { kind: any, of: [{ kind: tripped, tripwire: wire }, { kind: not, that: { kind: clear, party: north } }, { kind: from, day: "2027-01-01" }] }
    mode: pause
    lasts: until-lifted
safeguards: [{ id: evaluations, title: Evaluations., assessedBy: panel }]
lift:
  title: Lifted.
  ramp: [{ untilDays: 90, limit: 1e24 FLOP }, { untilDays: 180, limit: 2e24 FLOP }]
  when:
    kind: all
    of:
      - { kind: accepted, safeguard: evaluations }
      - { kind: vote, question: lift, rule: green-light, group: coast, quorum: "0.50", majority: "0.75", withinDays: 30 }
      - { kind: ruled, question: safe }
      - { kind: coverage, atLeast: "0.80" }
  noticeDays: 30
entry:
  title: Enough.
  when:
    kind: at-least
    number: 2
    of:
      - { kind: count, atLeast: 2, group: coast, besides: coast, mode: taper, instruments: [Ratification] }
      - { kind: share, atLeast: "0.55", weights: compute, mode: cap }
      - { kind: held, that: { kind: bound, party: north, mode: cap }, withinDays: 9 }
      - { kind: assurance, party: south, atLeast: "0.90", evasions: [undeclared-run], adversary: leaves-meters-alone }
      - { kind: verified, party: east }
  delayDays: 30
  notBefore: "2026-12-01"
  holds: once
  askedAgain: true
  laterJoiners: { after: condition, delayDays: 20 }
duration:
  title: Ten years.
  until: "2036-06-04"
  days: 3650
  extension: { when: { kind: ruled, question: longer }, until: "2040-06-04" }
withdrawal: { title: Leaving., noticeDays: 90, notBeforeDays: 365, heldBackWhile: { kind: ruled, question: war } }
amendment: { title: Changing., when: { kind: count, atLeast: 3 } }
`;

/** The same, parsed. */
export const full: Draft = parseDraft(FULL);
