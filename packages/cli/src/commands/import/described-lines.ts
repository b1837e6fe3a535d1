import type { Described } from "@standstill/operation/files";

/** What is told of a file, a line for each name. */
export function describedLines(values: Described): string {
  const width = Math.max(...Object.keys(values).map((key) => key.length));
  return Object.entries(values)
    .map(([key, value]) => {
      const told =
        typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
      return `${key.padEnd(width)}  ${told}`;
    })
    .join("\n");
}
