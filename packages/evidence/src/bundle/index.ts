// @public: what others may build on. From 0.2.0 on it changes only with a release that says so.

export { type Bundle, readBundle } from "./bundle.ts";
export { siteEvidenceOffline } from "./site-evidence-offline.ts";

// @internal: for the other packages of this house; it changes whenever they need it.

export { readBytes, readText } from "./bundle.ts";
export { countersIn, takeInReadings } from "./take-in.ts";
