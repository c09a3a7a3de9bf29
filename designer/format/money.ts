import type { Language } from '#contract';

/**
 * «9 672,65 ₽» with non-breaking spaces, kopecks always; English «9,672.65 ₽».
 * Works on integers only, so that no sum is ever told a kopeck off.
 *
 * @param minor kopecks
 */
export function formatMoney(minor: number | bigint, language: Language): string {
  const value = BigInt(minor);
  const size = value < 0n ? -value : value;
  const whole = (size / 100n).toString().replace(/\B(?=(\d{3})+$)/g, language === 'ru' ? '\u00a0' : ',');
  const cents = (size % 100n).toString().padStart(2, '0');
  return `${value < 0n ? '\u2212' : ''}${whole}${language === 'ru' ? ',' : '.'}${cents}\u00a0₽`;
}
