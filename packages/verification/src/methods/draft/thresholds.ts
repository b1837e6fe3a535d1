import { HOUR_MS } from "@standstill/record";

/**
 * Every figure of the method `draft` that decides whether something is a finding, or a gap, and that is not in the terms. What the terms say is
 * read from them: false-alarm rates, ranges of power and efficiency, yardsticks. Once a method is released its figures stay: a change of
 * any is another method.
 */
export const thresholds = {
  /** Share of windows without a reading that is no gap, in percent: meters restart. */
  silentPercent: 1,
  /** Windows over some line that are forgotten: so many in any case, and one in so many; runs end late, and systems are updated. */
  overTheLine: { windows: 3, oneIn: 100 },
  /** A mean of shares may exceed another by so many millionths: by rounding, and by readings of other instants. */
  sharesDifferMillionths: 20_000,
  /** So many thousandths of the declared use of others' accelerators are forgiven: clocks and billing differ. */
  useThousandths: 1010n,
  /** Windows in which a node may send more than it could answer: a copy of a model, a backup. */
  burstWindows: 10,
  /** Standard deviations of its errors by which somebody else's meter may be off. */
  meterSigmas: 3n,
  /** Groups of nodes that one test is made for: each gets its share of the false-alarm rate, and shares have to stay above zero. */
  groupsTested: 20,
  /** Draws of a permutation test at most, and where no false alarm is allowed, so that nothing can be significant. */
  draws: { most: 9999, plain: 199 },
  /** Nodes that move together: windows that are too few for the test, the part of them cut at either end, nodes that are compared. */
  synchrony: { fewestWindows: 12, edgeDivisor: 10, mostNodes: 16 },
  /** Windows of traffic that are looked at for even steps: a longer stretch adds time and little power. */
  rhythmWindows: 4096,
  /** Runs of models of one size on most of the same nodes may be one run if no more time lies between them. */
  oneRunPauseMs: HOUR_MS,
  /** Draws for each layout of an evasion: enough that seeing all of them bounds the probability above 0.94. */
  evasionTrials: 60,
  /** The same of activity logs. */
  logs: {
    /** Where only a part of a log's time is judged, records across its beginning or end that are no longer are left out without a word. */
    longestCutMs: HOUR_MS,
    /** Tolerances where terms for logs name none: FLOP for each token, missing time, outages; as shares. */
    tolerances: { flopPerToken: { low: "0.6", high: "1.5" }, missing: "0.005", outages: "0.05" },
    /**
     * How much each thing that two strands of training share says that they are one run, from `enough` on. Weights and configuration say it
     * alone. A model's name, code, data, the size of the model, the same devices one after the other, a common course of their work and the
     * same time say it in company: every run of a team may share code, and teams share devices in turn. Models of different sizes speak
     * against it.
     */
    oneRun: {
      weights: {
        weights: 2,
        configuration: 1.3,
        model: 0.6,
        code: 0.5,
        data: 0.5,
        size: 0.5,
        shape: 0.2,
        team: 0.2,
        devices: 0.5,
        course: 0.5,
        time: 0.3,
      },
      otherSize: -0.3,
      enough: 0.999,
      /** Sizes that differ by less than this factor are one. */
      sameSize: 1.03,
      /** Strands follow one another if no more time lies between them; so many are looked at. */
      followsMs: HOUR_MS,
      mostFollowers: 8,
      /** Work that rises and falls together: windows that are too few, and the least correlation. */
      course: { mostCompared: 200, mostWindows: 2000, leastWindows: 12, leastCorrelation: 0.9 },
    },
    /** Values in a row that another device tells too, and how many of them differ. */
    copied: { inARow: 12, different: 8 },
    /** The same of values that return on one device; where few differ, as whole steps of a few sizes, twice as many must return. */
    replayed: [
      { inARow: 12, different: 8 },
      { inARow: 24, different: 6 },
    ],
    /** Shares of records from which on a habit is a rule of a batch size, and of a workload. */
    batches: { ofOneSize: 0.9, ofWorkload: 0.5, exact: 1e-9 },
    /** Windows are slow below this share of usual work; shares of a run's, and of a device's, that may be; windows that are too few. */
    steady: { slow: 0.5, ofRun: 0.2, ofDevice: 0.5, leastWindows: 20 },
  },
} as const;
