/** The parts of simulation that touch files: what the example is, and keys that one machine plays. */
export { openKeyring } from "./files/keyring.ts";
export { readExample } from "./files/read-example.ts";
