import { UsageError } from "../output.ts";
import type { Format } from "./format.ts";

/**
 * An option or argument of a command: how it is told of, and how the texts given for it become a value. The name is the key under which
 * a command declares it: `markEvery` is given as `--mark-every`.
 */
export interface Input<Value> {
  readonly kind: "flag" | "unless" | "optional" | "needed" | "usual" | "several" | "some";
  /** What stands for the value in help, as `<file>`; nothing for what is given without a value. */
  readonly placeholder: string | undefined;
  readonly about: string;
  /** The text that counts where none is given. */
  readonly usual: string | undefined;
  /**
   * The value of the texts that were given, in their order.
   *
   * @throws UsageError where a text is not what is expected
   */
  readonly value: (texts: readonly string[], name: string) => Value;
}

/** On or off: false unless it is given. */
export function flag(about: string): Input<boolean> {
  return without("flag", about, (texts) => texts.length > 0);
}

/** Given as `--no-<name>`: true unless it is given. */
export function unless(about: string): Input<boolean> {
  return without("unless", about, (texts) => texts.length === 0);
}

/** May be given. */
export function optional<Value>(
  placeholder: string,
  about: string,
  format: Format<Value>,
): Input<Value | undefined> {
  const value = (texts: readonly string[], name: string) => {
    const given = texts.at(-1);
    return given === undefined ? undefined : read(given, name, format);
  };
  return { kind: "optional", placeholder, about, usual: undefined, value };
}

/** Must be given. */
export function needed<Value>(
  placeholder: string,
  about: string,
  format: Format<Value>,
): Input<Value> {
  const value = (texts: readonly string[], name: string) => {
    const given = texts.at(-1);
    if (given === undefined) throw missing(name, placeholder, about);
    return read(given, name, format);
  };
  return { kind: "needed", placeholder, about, usual: undefined, value };
}

/** May be given; where it is not, a usual text counts, which help tells. */
export function usual<Value>(
  placeholder: string,
  about: string,
  format: Format<Value>,
  otherwise: string,
): Input<Value> {
  const value = (texts: readonly string[], name: string) =>
    read(texts.at(-1) ?? otherwise, name, format);
  return { kind: "usual", placeholder, about, usual: otherwise, value };
}

/** May be given again and again: all values, in order. */
export function several<Value>(
  placeholder: string,
  about: string,
  format: Format<Value>,
): Input<readonly Value[]> {
  const value = (texts: readonly string[], name: string) =>
    texts.map((given) => read(given, name, format));
  return { kind: "several", placeholder, about, usual: undefined, value };
}

/** Must be given, and may be given again: all values, in order. */
export function some<Value>(
  placeholder: string,
  about: string,
  format: Format<Value>,
): Input<readonly Value[]> {
  const all = several(placeholder, about, format);
  const value = (texts: readonly string[], name: string) => {
    if (texts.length === 0) throw missing(name, placeholder, about);
    return all.value(texts, name);
  };
  return { ...all, kind: "some", value };
}

function without(
  kind: "flag" | "unless",
  about: string,
  value: Input<boolean>["value"],
): Input<boolean> {
  return { kind, placeholder: undefined, about, usual: undefined, value };
}

function missing(name: string, placeholder: string, about: string): UsageError {
  const option = name.startsWith("-") ? `${name} ${placeholder}` : name;
  return new UsageError(`expected ${option}, got none`, `Give it: ${about}.`);
}

function read<Value>(given: string, name: string, format: Format<Value>): Value {
  const value = format.read(given, name);
  if (value !== undefined) return value;
  throw new UsageError(
    `expected ${format.expected} for ${name}, got ${JSON.stringify(shortly(given))}`,
    `Give ${name} anew; --help tells what it is for.`,
  );
}

function shortly(given: string): string {
  return given.length > 80 ? `${given.slice(0, 80)}…` : given;
}
