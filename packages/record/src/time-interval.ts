import type { AppendList } from "./append-list.ts";
import { beaconTime } from "./beacon.ts";
import type { Mark } from "./mark.ts";
import { firstMarkThat } from "./mark-search.ts";

/** When a statement was made, as far as the record tells; instants as `2026-06-04T12:00:00.000Z`. */
export interface TimeInterval {
  /** Time of the newest mark before it, as the keeper says; nothing where there is none. */
  readonly notBefore: string | null;
  /** Time of the next mark after it, as the keeper says; nothing until there is one. */
  readonly notAfter: string | null;
  /** Not before this, whatever the keeper says: the newest beacon round in a mark before it. */
  readonly provenNotBefore: string | null;
  /** Not after this, whatever the keeper says: when a quorum of witnesses had cosigned a checkpoint that covers it. */
  readonly provenNotAfter: string | null;
}

/**
 * The interval in which an entry was made: between the marks around it. What its issuer says is only a claim.
 *
 * @example intervalOf(state, 7).notBefore // "2026-06-04T12:00:00.000Z"
 */
export function intervalOf(
  { marks }: { readonly marks: AppendList<Mark> },
  index: number,
): TimeInterval {
  // A mark is its own upper end.
  const low = firstMarkThat(marks, (mark) => mark.index >= index);
  let round: number | undefined;
  for (let place = low - 1; place >= 0 && round === undefined; place--) {
    round = marks.get(place)?.round;
  }
  let witnessedAt: number | undefined;
  for (let place = low; place < marks.size && witnessedAt === undefined; place++) {
    const witnessed = marks.get(place)?.witnessed;
    if (witnessed !== undefined && witnessed.size > index) witnessedAt = witnessed.at;
  }
  return {
    notBefore: instant(marks.get(low - 1)?.at),
    notAfter: instant(marks.get(low)?.at),
    provenNotBefore: round === undefined ? null : instant(beaconTime(round)),
    provenNotAfter: instant(witnessedAt),
  };
}

function instant(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
