export { type Bundle, readBundle, readBytes, readText } from "./bundle.ts";
export { siteEvidenceOffline } from "./site-evidence-offline.ts";
export { countersIn, takeInReadings } from "./take-in.ts";
