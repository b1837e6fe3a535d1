/** Why a verdict judges nothing, or not all of its period. */
export const notJudgedWords = {
  neverBound: (party: string): string =>
    `${party} was bound in no part of this period, so nothing of it is judged. To change that, it is bound, or the agreement says from when on parties account for what they did before.`,
  nothingOwed: (party: string): string =>
    `No duty of the agreement was in force for ${party} in this period, so nothing of it is judged.`,
  notBoundIn: (party: string, spans: readonly string[], more: number): string =>
    `${party} was not bound from ${spans.join(", from ")}${more > 0 ? ` and in ${more} more stretches` : ""}, so that time is not judged.`,
} as const;
