import { divide, multiply, roundTo, type FeelNumber } from '../values/decimal.ts';

/**
 * A percentage of one line in whole kopecks, half-up away from zero (`domain.md` §3): a document's totals are sums of such lines
 * and are never computed from the total. 22 percent are 22/100 on top of an amount and 22/122 of an amount that includes them.
 */
export function shareOnTop(amount: FeelNumber, percent: FeelNumber): FeelNumber | null {
  return share(amount, percent, 100);
}

export function shareIncluded(
  amount: FeelNumber,
  percent: FeelNumber,
  hundredAndPercent: FeelNumber,
): FeelNumber | null {
  return share(amount, percent, hundredAndPercent);
}

function share(amount: FeelNumber, percent: FeelNumber, of: FeelNumber): FeelNumber | null {
  // Multiplied first: the quotient of whole numbers then rounds once, on an exact or a longer value.
  const product = multiply(amount, percent);
  const quotient = product === null ? null : divide(product, of);
  return quotient === null ? null : roundTo(quotient, 0, 'half up');
}
