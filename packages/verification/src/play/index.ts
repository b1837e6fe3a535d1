/** Made-up sites, honest and not, that checks are tried against. */

// @internal: for the other packages of this house; it changes whenever they need it.

export { evasions } from "../evasions/index.ts";
export { honestSite, type PlayedSite, type SiteOptions } from "./honest-site.ts";
export { type SiteEvasion, siteEvasions } from "./site-evasions/index.ts";
export { siteTerms } from "./site-terms.ts";
