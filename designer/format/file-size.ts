import type { Language } from '#contract';
import { i18n } from '../texts/i18n.ts';

const UNITS = ['size.bytes', 'size.kilo', 'size.mega', 'size.giga'] as const;

/** «812 Б», «1,4 МБ»: powers of 1024, one decimal below ten, as file pickers show it. */
export function formatFileSize(bytes: number, language: Language): string {
  let [size, unit] = [bytes, 0];
  while (size >= 1023.5 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  const digits = unit > 0 && size < 9.95 ? 1 : 0;
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(size);
  return `${number}\u00a0${i18n.getFixedT(language)(UNITS[unit] ?? 'size.giga')}`;
}
