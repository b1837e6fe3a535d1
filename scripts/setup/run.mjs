import { spawn } from "node:child_process";

/** Directory of the project. */
export const root = new URL("../..", import.meta.url);

/**
 * Runs a program with its output on standard error, or shared when `inherit` is set; resolves with its exit code. A
 * signal that ends this process is passed on.
 */
export function run(program, args, { inherit = false, env = process.env, cwd = root } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: inherit ? "inherit" : ["ignore", 2, 2] });
    const pass = (signal) => child.kill(signal);
    process.on("SIGINT", pass);
    process.on("SIGTERM", pass);
    child.on("error", reject);
    child.on("exit", (code, signal) => {
      process.off("SIGINT", pass);
      process.off("SIGTERM", pass);
      resolve(signal === null ? code : 1);
    });
  });
}

/** Whether a program can be run. */
export async function has(program, args = ["--version"]) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore" });
    child.on("error", () => resolve(false));
    child.on("exit", (code) => resolve(code === 0));
  });
}
