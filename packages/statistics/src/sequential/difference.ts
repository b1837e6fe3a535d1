/** What the operator and an inspector read of the same items. */
export interface ReadTwice {
  readonly operator: number;
  readonly inspector: number;
}

/** Standard deviations of the errors of both, for one item. */
export interface DifferenceErrors {
  readonly operatorRandom: number;
  readonly inspectorRandom: number;
  readonly operatorSystematic: number;
  readonly inspectorSystematic: number;
}

/**
 * The difference statistic: what a sample of items says that the operator overstates in all of them, and its standard deviation
 * (Burr et al., EPJ Nuclear Sciences and Technologies 2016, 2, 36; additive errors). The systematic part does not shrink with the
 * sample.
 *
 * @param items how many there are in all
 * @throws RangeError where the sample is empty or larger than that
 */
export function differenceStatistic(
  sample: readonly ReadTwice[],
  items: number,
  errors: DifferenceErrors,
): { readonly difference: number; readonly sigma: number } {
  if (sample.length === 0 || sample.length > items) {
    throw new RangeError(`expected a sample of 1 to ${items} items, got ${sample.length}`);
  }
  const sum = sample.reduce((total, { operator, inspector }) => total + operator - inspector, 0);
  const random =
    errors.operatorRandom * errors.operatorRandom + errors.inspectorRandom * errors.inspectorRandom;
  const systematic =
    errors.operatorSystematic * errors.operatorSystematic +
    errors.inspectorSystematic * errors.inspectorSystematic;
  const variance = items * items * (random / sample.length + systematic);
  return { difference: (items / sample.length) * sum, sigma: Math.sqrt(variance) };
}
