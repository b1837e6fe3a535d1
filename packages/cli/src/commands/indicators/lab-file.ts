import { IndicatorError } from "@standstill/indicators";
import { textOf } from "@standstill/record";
import { file, type NamedFile } from "../../command/format.ts";
import { needed } from "../../command/input.ts";
import { unpackedBytesOf } from "../../named-file.ts";

/** The file of a lab that is measured. */
export function labFile(about: string) {
  return { file: needed("<file>", about, file) };
}

/** Measures a file; what is wrong in it is told with its name. */
export async function measured<Measure>(
  { file: named }: { readonly file: NamedFile },
  measure: (text: string) => Measure,
): Promise<Measure> {
  const text = textOf(await unpackedBytesOf(named));
  try {
    return measure(text);
  } catch (error) {
    if (!(error instanceof IndicatorError)) throw error;
    const place = [named.path, error.place].filter((one) => one !== undefined).join(", ");
    throw new IndicatorError(error.code, error.message, place);
  }
}
