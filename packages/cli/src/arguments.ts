import { InvalidArgumentError } from "commander";

/** Takes a command's work; its number is the exit code. */
export type Finish = (work: Promise<number>) => Promise<void>;

/** Examples as `--help` prints them. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}

/** A port from 0 to 65535. */
export function port(text: string): number {
  const value = Number(text);
  if (!/^[0-9]{1,5}$/.test(text) || value > 65_535)
    throw new InvalidArgumentError("expected a port from 0 to 65535");
  return value;
}

/** A day, as 2016-11-04. */
export function day(text: string): string {
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new InvalidArgumentError("expected a day as 2016-11-04");
  return text;
}

/** A day or an instant, in milliseconds since 1970; a day counts to its end. */
export function instant(text: string): number {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
  const milliseconds = Date.parse(isDay ? `${text}T23:59:59.999Z` : text);
  if (!Number.isFinite(milliseconds) || !/^\d{4}-\d\d-\d\d(?:T[0-9:.]+Z)?$/.test(text))
    throw new InvalidArgumentError(
      "expected a day as 2026-06-04, or an instant as 2026-06-04T12:00:00Z",
    );
  return milliseconds;
}

/** A whole number from 0 on. */
export function count(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError("expected a whole number");
  return Number(text);
}

/** Seconds from one to a week. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!/^[0-9]{1,6}$/.test(text) || value < 1 || value > 604_800)
    throw new InvalidArgumentError("expected seconds from 1 to 604800");
  return value;
}

/** A chance between 0 and 1. */
export function chance(text: string): number {
  const value = Number(text);
  if (!/^[0-9]*\.?[0-9]+$/.test(text) || value > 1)
    throw new InvalidArgumentError("expected a chance between 0 and 1, as 0.05");
  return value;
}

/** An option that may be given again: all its values, in order. */
export function several(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** A number from 0 on, as 0.1. */
export function amount(text: string): number {
  const value = Number(text);
  if (!/^[0-9]*\.?[0-9]+(?:e-?[0-9]{1,2})?$/.test(text) || !Number.isFinite(value))
    throw new InvalidArgumentError("expected a number from 0 on, as 0.1");
  return value;
}
