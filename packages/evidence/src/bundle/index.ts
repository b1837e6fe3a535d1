export { type Bundle, readBundle, readText } from "./bundle.ts";
export { siteEvidenceOf } from "./site-evidence-of.ts";
