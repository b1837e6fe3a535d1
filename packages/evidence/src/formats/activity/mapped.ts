/** The value at a path of names with dots between them; `undefined` where there is none. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const part of path.split(".")) {
    value =
      typeof value === "object" && value !== null && Object.hasOwn(value, part)
        ? Reflect.get(value, part)
        : undefined;
  }
  return value;
}
