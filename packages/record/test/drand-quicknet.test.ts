import {
  beaconRandomness,
  beaconRoundAt,
  beaconTime,
  QUICKNET,
  verifyBeacon,
} from "@standstill/record";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A round as the network published it. */
const ROUND = 657_413;
const SIGNATURE =
  "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b";

describe("drand quicknet, verified without a network", () => {
  it("round 657413: its signature, its randomness and when it appeared", () => {
    expect(verifyBeacon(ROUND, SIGNATURE)).toBe(true);
    expect(beaconRandomness(SIGNATURE)).toBe(
      "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    );
    expect(new Date(beaconTime(ROUND)).toISOString()).toBe("2023-09-15T11:00:03.000Z");
  });

  it("no other round has this signature, and no other bytes are this round's", () => {
    expect(verifyBeacon(ROUND + 1, SIGNATURE)).toBe(false);
    expect(verifyBeacon(ROUND - 1, SIGNATURE)).toBe(false);
    for (const place of [0, 1, 40, 95]) {
      const digit = SIGNATURE[place] === "0" ? "1" : "0";
      const other = SIGNATURE.slice(0, place) + digit + SIGNATURE.slice(place + 1);
      expect(verifyBeacon(ROUND, other)).toBe(false);
    }
  });

  it.each([
    ["the point at infinity", `c0${"00".repeat(47)}`],
    ["nothing", ""],
    ["upper case", SIGNATURE.toUpperCase()],
    ["one byte less", SIGNATURE.slice(2)],
    ["one byte more", `${SIGNATURE}00`],
    ["no point of the curve", `80${"11".repeat(47)}`],
  ])("%s is no signature", (_name, signature) => {
    expect(verifyBeacon(ROUND, signature)).toBe(false);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.MAX_SAFE_INTEGER + 2])("%d is no round", (round) => {
    expect(verifyBeacon(round, SIGNATURE)).toBe(false);
  });

  it("rounds and instants agree: the newest round at an instant is the last that had appeared", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 31 }),
        fc.integer({ min: 0, max: 2999 }),
        (round, ms) => {
          expect(beaconRoundAt(beaconTime(round) + ms)).toBe(round);
          expect(beaconRoundAt(beaconTime(round) - 1)).toBe(round - 1);
        },
      ),
    );
    expect(beaconRoundAt(0)).toBe(0);
    expect(beaconTime(1)).toBe(QUICKNET.genesisSeconds * 1000);
  });
});
