import type { SitePlay } from "../play.ts";

/** The evasion `undeclared-device`, committed against a made-up site. */
export const undeclaredDeviceOnSites: SitePlay = {
  commit(honest) {
    const last = honest.columns.power.devices.at(-1);
    if (honest.spare.length === 0) return undefined;
    const nodes = honest.subject.site.nodes.filter(({ device }) => device !== last);
    return { ...honest, subject: { ...honest.subject, site: { ...honest.subject.site, nodes } } };
  },
};
