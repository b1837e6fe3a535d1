/** The parts of simulation that touch files: what the example is, and keys that one machine plays. */

// @internal: for the other packages of this house; it changes whenever they need it.

export { openKeyring } from "./files/keyring.ts";
export { readExample } from "./files/read-example.ts";
