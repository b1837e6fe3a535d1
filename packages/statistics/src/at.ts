/** Elements of lists by index, where the code around has made sure that there is one. */

/** The element at an index. @throws RangeError where there is none, which is a fault of the program */
export function at<One>(list: ArrayLike<One>, index: number): One {
  const found = list[index];
  if (found === undefined) throw missing(index, list.length);
  return found;
}

/** The same for arrays of doubles alone, so that engines make a plain load of it in the hottest loops. */
export function doubleAt(values: Float64Array, index: number): number {
  const found = values[index];
  if (found === undefined) throw missing(index, values.length);
  return found;
}

function missing(index: number, length: number): RangeError {
  return new RangeError(`expected an index from 0 to ${length - 1}, got ${index}`);
}
