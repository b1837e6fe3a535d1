import type { Evasion } from "../evasion.ts";

/** The evasion `grown-cluster`: its words, and where it exists. */
export const grownCluster = {
  id: "grown-cluster",
  about: "Adds a node to a site that is as large as a cluster may be.",
  onSites: true,
} as const satisfies Evasion;
