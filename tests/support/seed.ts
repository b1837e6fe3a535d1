import fc from "fast-check";

/** Gives all properties one seed, so that a run can be repeated. */
fc.configureGlobal({ seed: Number(process.env.STANDSTILL_SEED) });
