import { setPower } from "../honest-site.ts";
import {
  cellsOf,
  copied,
  energyOf,
  meteredBy,
  scalePower,
  stretchOf,
  trainOn,
} from "../site-forging.ts";
import type { SiteEvasion } from "./evasion.ts";

/** Readings of the site that do not say what was. */
export const forgedReadings: readonly SiteEvasion[] = [
  {
    id: "training-power-told-idle",
    about: "Its own meters tell of idling while it trains what it declared, to hide how much.",
    commit(honest, random, size) {
      const site = copied(honest);
      for (const cell of cellsOf(site, site.training, stretchOf(site, random, size)))
        setPower(site.columns.power, cell, 2_300_000 + random.below(150_000));
      return site;
    },
  },
  {
    id: "tensor-told-alone",
    about: "Understates the cycles with any work, and forgets the tensor pipes.",
    commit(honest, random, size) {
      const site = copied(honest);
      for (const cell of cellsOf(site, site.training, stretchOf(site, random, size)))
        site.columns.sm.values[cell] = random.below(15_000);
      return site;
    },
  },
  {
    id: "understated-power",
    about: "Its own meters tell less of all nodes, a tenth of it at the most.",
    commit(honest, _random, size) {
      const site = copied(honest);
      const all = site.columns.power.devices.map((_, i) => i);
      scalePower(
        site,
        cellsOf(site, all, { from: 0, to: site.columns.power.count }),
        1000 - Math.floor(100 * size),
      );
      return site;
    },
  },
  {
    id: "power-told-idle",
    about: "Trains on a node that stands by; its power tells of idling, its counters do not.",
    commit(honest, random, size) {
      if (honest.spare.length === 0) return undefined;
      const site = copied(honest);
      const stretch = stretchOf(site, random, size);
      const done = trainOn(site, site.spare, stretch, random);
      for (const cell of cellsOf(done, done.spare, stretch))
        setPower(done.columns.power, cell, 2_300_000 + random.below(150_000));
      return done;
    },
  },
  {
    id: "counters-told-idle",
    about: "Trains on a node that stands by; its counters tell of idling, its power does not.",
    commit(honest, random, size) {
      if (honest.spare.length === 0) return undefined;
      const site = copied(honest);
      const stretch = stretchOf(site, random, size);
      const done = trainOn(site, site.spare, stretch, random);
      const { tensor, sm, sent } = done.columns;
      for (const cell of cellsOf(done, done.spare, stretch)) {
        tensor.values[cell] = 0;
        sm.values[cell] = random.below(400);
        sent.values[cell] = 200_000 + random.below(400_000);
      }
      return done;
    },
  },
  {
    id: "all-told-idle",
    about: "Trains on a node that stands by; all its own feeds tell of idling.",
    commit(honest, random, size) {
      if (honest.spare.length === 0) return undefined;
      const site = copied(honest);
      const done = trainOn(copied(site), site.spare, stretchOf(site, random, size), random);
      return meteredBy(site, energyOf(done) - energyOf(site));
    },
  },
  {
    id: "replayed-readings",
    about: "Trains on a server, and hands in what it recorded of it earlier.",
    commit(honest, random, size) {
      const [node] = honest.serving;
      const { count } = honest.columns.power;
      const length = Math.floor((count / 2) * size);
      if (node === undefined || length < 1) return undefined;
      const site = copied(honest);
      const from = length + random.below(count - 2 * length + 1);
      const { power, tensor, sm, memory, sent } = site.columns;
      for (let i = 0; i < length; i++) {
        const cell = node * count + from + i;
        power.readings[cell] = power.readings[cell - length] as number;
        power.powerMilliwatts[cell] = power.powerMilliwatts[cell - length] as number;
        power.energyMillijoules[cell] = power.energyMillijoules[cell - length] as number;
        for (const counter of [tensor, sm, memory, sent]) {
          counter.readings[cell] = counter.readings[cell - length] as number;
          counter.values[cell] = counter.values[cell - length] as number;
        }
      }
      return site;
    },
  },
  {
    id: "dropped-readings",
    about: "Leaves out the readings of a node while it trains.",
    commit(honest, random, size) {
      const [node] = honest.training;
      if (node === undefined) return undefined;
      const site = copied(honest);
      const { power, tensor, sm, memory, sent } = site.columns;
      for (const cell of cellsOf(site, [node], stretchOf(site, random, size))) {
        power.readings[cell] = 0;
        power.powerMilliwatts[cell] = 0;
        power.energyMillijoules[cell] = 0;
        for (const counter of [tensor, sm, memory, sent]) {
          counter.readings[cell] = 0;
          counter.values[cell] = 0;
        }
      }
      return site;
    },
  },
  {
    id: "undeclared-node",
    about: "Leaves a node out of its declaration, and sends its readings.",
    commit(honest) {
      const last = honest.columns.power.devices.at(-1);
      if (honest.spare.length === 0) return undefined;
      const nodes = honest.subject.site.nodes.filter(({ device }) => device !== last);
      return { ...honest, subject: { ...honest.subject, site: { ...honest.subject.site, nodes } } };
    },
  },
];
