/**
 * A value that is there because of how the program is made: an element within bounds, an entry that was put in before. Where it is not,
 * the fault is the program's own, and this says so at once instead of reckoning on with nothing.
 *
 * It takes the value, not the list and the place: `there(column[i])` costs nothing in a loop over columns of several types, a function
 * that indexed them itself would take seven times as long.
 *
 * @example sum += there(windows.energyMillijoules[cell])
 * @throws RangeError where there is none; never for untrusted bytes, which are checked where they come in
 */
export function there<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new RangeError("expected a value that is there, got none");
  return value;
}
