import { fromHex } from "@standstill/record";

/** The eight leaves of transparency-dev/merkle testonly/constants.go, from which the JSON cases of testdata/ are made. */
export const LEAVES: readonly Uint8Array[] = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map(fromHex);
