import { there } from "@standstill/record";
import { allToldIdleOnSites } from "./all-told-idle/on-sites.ts";
import { capableBeyondComputeOnSites } from "./capable-beyond-compute/on-sites.ts";
import { clonedIdentityOnSites } from "./cloned-identity/on-sites.ts";
import { countersToldIdleOnSites } from "./counters-told-idle/on-sites.ts";
import { declaredLateOnSites } from "./declared-late/on-sites.ts";
import { droppedRecordsOnSites } from "./dropped-records/on-sites.ts";
import type { Evasion } from "./evasion.ts";
import { grownClusterOnSites } from "./grown-cluster/on-sites.ts";
import { evasionOf, type SiteEvasionId } from "./index.ts";
import { modelToldTooLargeOnSites } from "./model-told-too-large/on-sites.ts";
import { oneNodeToldWellOnSites } from "./one-node-told-well/on-sites.ts";
import { otherPlaceOnSites } from "./other-place/on-sites.ts";
import { phantomParentOnSites } from "./phantom-parent/on-sites.ts";
import type { SitePlay } from "./play.ts";
import { powerToldIdleOnSites } from "./power-told-idle/on-sites.ts";
import { rentedElsewhereOnSites } from "./rented-elsewhere/on-sites.ts";
import { replayedRecordsOnSites } from "./replayed-records/on-sites.ts";
import { servingToldWellOnSites } from "./serving-told-well/on-sites.ts";
import { servingToldWellQuietlyOnSites } from "./serving-told-well-quietly/on-sites.ts";
import { servingWithoutCountersOnSites } from "./serving-without-counters/on-sites.ts";
import { sparseExchangeOnSites } from "./sparse-exchange/on-sites.ts";
import { splittingOnSites } from "./splitting/on-sites.ts";
import { tensorToldAloneOnSites } from "./tensor-told-alone/on-sites.ts";
import { trainingAsInferenceOnSites } from "./training-as-inference/on-sites.ts";
import { trainingPowerToldIdleOnSites } from "./training-power-told-idle/on-sites.ts";
import { undeclaredDeviceOnSites } from "./undeclared-device/on-sites.ts";
import { undeclaredRunOnSites } from "./undeclared-run/on-sites.ts";
import { understatedPowerOnSites } from "./understated-power/on-sites.ts";
import { unlinkedPiecesOnSites } from "./unlinked-pieces/on-sites.ts";
import { workToldTooLittleOnSites } from "./work-told-too-little/on-sites.ts";
import { workToldTooMuchOnSites } from "./work-told-too-much/on-sites.ts";

/** A way to cheat at a site whose readings are judged. */
export type SiteEvasion = Evasion & SitePlay;

const plays: Readonly<Record<SiteEvasionId, SitePlay>> = {
  "undeclared-run": undeclaredRunOnSites,
  "training-as-inference": trainingAsInferenceOnSites,
  "serving-told-well": servingToldWellOnSites,
  "serving-told-well-quietly": servingToldWellQuietlyOnSites,
  "one-node-told-well": oneNodeToldWellOnSites,
  "sparse-exchange": sparseExchangeOnSites,
  "serving-without-counters": servingWithoutCountersOnSites,
  "training-power-told-idle": trainingPowerToldIdleOnSites,
  "tensor-told-alone": tensorToldAloneOnSites,
  "understated-power": understatedPowerOnSites,
  "power-told-idle": powerToldIdleOnSites,
  "counters-told-idle": countersToldIdleOnSites,
  "all-told-idle": allToldIdleOnSites,
  "replayed-records": replayedRecordsOnSites,
  "dropped-records": droppedRecordsOnSites,
  "undeclared-device": undeclaredDeviceOnSites,
  "work-told-too-much": workToldTooMuchOnSites,
  "work-told-too-little": workToldTooLittleOnSites,
  "model-told-too-large": modelToldTooLargeOnSites,
  splitting: splittingOnSites,
  "unlinked-pieces": unlinkedPiecesOnSites,
  "phantom-parent": phantomParentOnSites,
  "declared-late": declaredLateOnSites,
  "grown-cluster": grownClusterOnSites,
  "rented-elsewhere": rentedElsewhereOnSites,
  "other-place": otherPlaceOnSites,
  "cloned-identity": clonedIdentityOnSites,
  "capable-beyond-compute": capableBeyondComputeOnSites,
};

/** Every evasion that acts on readings, declarations and what others measure, each against an honest site. */
export const siteEvasions: readonly SiteEvasion[] = Object.entries(plays).map(([id, play]) => ({
  ...there(evasionOf(id)),
  ...play,
}));
