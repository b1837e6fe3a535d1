/** Made-up sites and activity logs, honest and not, that checks are tried against. No verdict loads them. */

// @internal: for the other packages of this house; it changes whenever they need it.

export { injected } from "../evasions/injected.ts";
export { type ActivityEvasion, activityEvasions } from "../evasions/on-logs.ts";
export { type SiteEvasion, siteEvasions } from "../evasions/on-sites.ts";
export { type HonestOptions, honestActivity } from "../logs/play/honest.ts";
export { type ActivityCase, logText } from "../logs/play/records.ts";
export { honestSite, type PlayedSite, type SiteOptions } from "./honest-site.ts";
export { siteTerms } from "./site-terms.ts";
