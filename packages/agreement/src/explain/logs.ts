import { DEVICE_NAMES, type LogsSection } from "../terms/logs.ts";
import { amount, listed } from "./words.ts";

/** What activity logs are held to, in prose; what is blank was not agreed. */
export function logSentences(logs: LogsSection | undefined): string[] {
  if (logs === undefined) return [];
  const { deviceNames = DEVICE_NAMES, longestRecordSeconds } = logs;
  return [
    `Activity logs name a site's accelerators as ${deviceNames}.`,
    ...(longestRecordSeconds === undefined
      ? []
      : [`One record tells of at most ${longestRecordSeconds} seconds.`]),
    ...permittedSentences(logs.permitted ?? {}),
    ...(logs.models === undefined
      ? []
      : [
          logs.models.length === 0
            ? "No model may be worked with."
            : "Models in logs are these, and no others.",
        ]),
    ...(logs.models ?? []).map(modelSentence),
    ...changeSentences(logs.changes),
    ...(logs.outages ?? []).map(
      ({ devices, start, end, reason }) =>
        `From ${start} to ${end} ${devices === undefined ? "all devices" : listed(devices)} may be silent: ${reason}`,
    ),
    ...Object.entries(logs.required ?? {}).map(
      ([activity, fields]) => `Records of ${activity} say ${listed(fields)}.`,
    ),
    ...toleranceSentences(logs.tolerances ?? {}),
    ...(logs.evasions === undefined
      ? []
      : [
          `Nothing comes out as verified before these evasions are excluded: ${listed(logs.evasions)}.`,
        ]),
  ];
}

function permittedSentences({
  activities,
  teams,
  regions,
  dataSources,
  datasets,
}: NonNullable<LogsSection["permitted"]>): string[] {
  const lists = [
    ["Activities", activities],
    ["Teams", teams],
    ["Regions", regions],
    ["Data sources", dataSources],
  ] as const;
  return [
    ...lists.flatMap(([word, names]) =>
      names === undefined ? [] : [`${word} in logs are ${listed(names)}, and no others.`],
    ),
    ...(datasets === undefined ? [] : ["Data sets in logs are these, and no others."]),
    ...(datasets ?? []).map(({ sha256, sources }) =>
      sources === undefined
        ? `The data set ${sha256} is permitted.`
        : `The data set ${sha256} is permitted; it comes from ${listed(sources)}.`,
    ),
  ];
}

function modelSentence(model: NonNullable<LogsSection["models"]>[number]): string {
  const { model: name, parameters, precision, activities, weights, flop } = model;
  return [
    `The model ${name}, with ${parameters} parameters that take part in each token`,
    ...(precision === undefined ? [] : [` in ${precision}`]),
    ", may be worked with",
    ...(activities === undefined ? [] : [` in ${listed(activities)}`]),
    ...(weights === undefined ? [] : [`; its weights ${listed(weights)} exist already`]),
    ...(flop === undefined ? [] : [`; ${amount(flop, "FLOP")} went into them`]),
    ".",
  ].join("");
}

function changeSentences(changes: LogsSection["changes"]): string[] {
  if (changes === undefined) return [];
  const { mustBeDeclared, declared = [] } = changes;
  return [
    `What may change in a run only where it is declared: ${listed(mustBeDeclared)}.`,
    ...declared.map(
      ({ workload, devices, from, until, reason }) =>
        `From ${from} to ${until} ${workload ?? "any workload"} may change on ${devices === undefined ? "all devices" : listed(devices)}: ${reason}`,
    ),
  ];
}

function toleranceSentences(tolerances: NonNullable<LogsSection["tolerances"]>): string[] {
  const { flopPerToken, missing, outages, overlapSeconds, utilization } = tolerances;
  const told = [
    ["The share of a device's time that may be missing is", missing],
    ["The share of time that declared outages may take is", outages],
    ["Seconds by which one window may overlap the next are", overlapSeconds],
    ["The highest share of its peak that a device can reach is", utilization],
    ["The lowest share of its devices' peak that training reaches is", tolerances.leastUtilization],
  ] as const;
  return [
    ...(flopPerToken === undefined
      ? []
      : [
          `FLOP for each token may be ${flopPerToken.low} to ${flopPerToken.high} times what model and activity say.`,
        ]),
    ...told.flatMap(([words, value]) => (value === undefined ? [] : [`${words} ${value}.`])),
  ];
}
