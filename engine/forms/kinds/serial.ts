import { maskProblem, normaliseSerial, serialFits } from '../serial-mask.ts';
import { isText, type FieldReading, type FormatFault, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';
import { readScan, SCAN_KEYWORD } from './scan.ts';

export const serial: KindDefinition = {
  kind: 'serial',
  type: 'string',
  format: 'serial',
  widgets: ['serial'],
  keywords: { 'x-mask': { value: 'mask' }, ...SCAN_KEYWORD },
  fragment: { type: 'string', format: 'serial' },
  read: (reading) => ({ ...readMask(reading), ...readScan(reading) }),
  schema: shortText,
  stores: isText,
  normalise: (value, { mask }) => (isText(value) ? normaliseSerial(value, mask) : value),
  fault: (value, { mask }) => (serialFits(value as string, mask) ? undefined : patternShown(mask)),
  words: {
    ru: {
      format: (label, { mask }) =>
        isText(mask)
          ? `«${label}» не подходит под образец ${mask} (A — буква, 9 — цифра).`
          : `«${label}»: только буквы, цифры и знаки - / . _`,
    },
    en: {
      format: (label, { mask }) =>
        isText(mask)
          ? `“${label}” does not fit the pattern ${mask} (A is a letter, 9 a digit).`
          : `“${label}”: only letters, digits and - / . _`,
    },
  },
};

function readMask({ schema, path, problems }: FieldReading): { readonly mask?: string } {
  const mask = schema['x-mask'];
  if (mask === undefined) return {};
  const problem = maskProblem(mask);
  if (problem === undefined) return { mask: mask as string };
  problems.add(`${path}/x-mask`, problem, 'Write for example "AA-999999": A is a letter, 9 a digit, * either.');
  return {};
}

function patternShown(mask: string | undefined): FormatFault {
  return mask === undefined ? {} : { mask };
}
