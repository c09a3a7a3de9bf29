import type { FieldReading, KeywordShape } from './kind-definition.ts';

/** May be read from a barcode or QR code by the camera; `false` where there is never a code. Typing is always possible. */
export const SCAN_KEYWORD: Readonly<Record<string, KeywordShape>> = { 'x-scan': { value: 'flag' } };

export function readScan({ schema, path, problems }: FieldReading): { readonly scan: boolean } {
  const wanted = schema['x-scan'];
  if (wanted !== undefined && typeof wanted !== 'boolean')
    problems.add(
      `${path}/x-scan`,
      'x-scan must be true or false',
      'Write "x-scan": false to leave out the camera button.',
    );
  return { scan: wanted !== false };
}
