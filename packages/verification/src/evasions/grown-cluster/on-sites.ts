import { agreeing } from "../../play/site-forging.ts";
import type { SitePlay } from "../play.ts";

/** The evasion `grown-cluster`, committed against a made-up site. */
export const grownClusterOnSites: SitePlay = {
  commit(honest) {
    const { terms, site } = honest.subject;
    const line = {
      id: "cluster",
      kind: "cluster-limit" as const,
      title: "No larger cluster.",
      mode: "cap" as const,
      stance: "forbidden" as const,
      aboveH100e: `${site.nodes.length * 8}`,
    };
    const more = { device: "node-more", accelerator: "h100-sxm5", accelerators: 8 };
    const subject = { ...honest.subject, site: { ...site, nodes: [...site.nodes, more] } };
    const obligations = [...terms.obligations, line];
    return agreeing({ ...honest, subject }, { ...terms, obligations });
  },
};
