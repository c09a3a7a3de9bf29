import { latinLookalikes } from '../serial-mask.ts';
import { isText, type FormatFault, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';
import { readScan, SCAN_KEYWORD } from './scan.ts';

/** ISO 3779: 17 characters without I, O and Q. Its check digit is obligatory only in North America, so it is not asked for. */
export const vin: KindDefinition = {
  kind: 'vin',
  type: 'string',
  format: 'vin',
  widgets: ['vin'],
  keywords: SCAN_KEYWORD,
  fragment: { type: 'string', format: 'vin' },
  read: readScan,
  schema: shortText,
  stores: isText,
  normalise: (value) => (isText(value) ? latinLookalikes(value.replace(/[\s-]+/g, '').toUpperCase()) : value),
  fault: (value): FormatFault | undefined => {
    const text = value as string;
    if (/[IOQ]/.test(text)) return { reason: 'letters' };
    return /^[A-HJ-NPR-Z\d]{17}$/.test(text) ? undefined : { reason: 'length', length: text.length };
  },
  words: {
    ru: {
      format: (label, { reason }) =>
        reason === 'letters'
          ? `«${label}»: в VIN не бывает букв I, O и Q, вместо них стоят 1 и 0.`
          : `«${label}»: в VIN 17 латинских букв и цифр.`,
    },
    en: {
      format: (label, { reason }) =>
        reason === 'letters'
          ? `“${label}”: a VIN never has the letters I, O and Q; they are 1 and 0.`
          : `“${label}”: a VIN has 17 Latin letters and digits.`,
    },
  },
};
