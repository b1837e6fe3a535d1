import { contradiction, type EvidenceCheck } from "../finding.ts";
import { acceleratorOf, type Subject } from "../subject.ts";
import { findingWords } from "../words/index.ts";

/** The register against the feeds: readings come from declared devices alone, and those are of types that the agreement lists. */
export const devicesListed: EvidenceCheck = {
  id: "devices-listed",
  of: "evidence",
  serves: ["accelerators-registered"],
  needs: [],
  accuses: true,
  run: (subject) => ({
    findings: [
      ...unlisted(subject).map((device) =>
        contradiction(device, findingWords.unlistedDevice(device)),
      ),
      ...subject.site.nodes
        .filter(({ accelerator }) => acceleratorOf(subject.terms, accelerator) === undefined)
        .map(({ device, accelerator }) =>
          contradiction(device, findingWords.unknownAccelerator(device, accelerator)),
        ),
    ],
    gaps: [],
  }),
};

/** Devices that sent readings and are no declared node, nor below one. */
function unlisted({ evidence, site }: Subject): string[] {
  const declared = new Set(site.nodes.map(({ device }) => device));
  const metered = evidence.windows?.devices.filter((device) => !declared.has(device)) ?? [];
  const counted = evidence.counters
    .flatMap(({ devices }) => devices)
    .filter((device) => !declared.has(device) && !isBelow(device, declared));
  return [...new Set([...metered, ...counted])];
}

/** Whether a device is part of a declared one, as `node-01/gpu-3` is of `node-01`. */
function isBelow(device: string, declared: ReadonlySet<string>): boolean {
  for (let at = device.lastIndexOf("/"); at > 0; at = device.lastIndexOf("/", at - 1))
    if (declared.has(device.slice(0, at))) return true;
  return false;
}
