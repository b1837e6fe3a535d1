export { type Bundle, readBundle, readText } from "./bundle.ts";
export { siteEvidenceOf, siteEvidenceOffline } from "./site-evidence-of.ts";
