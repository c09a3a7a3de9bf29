import type { FieldKind } from '#engine';

/**
 * Requisites while they are typed or pasted: blanks, dashes and words around the number («ИНН 7707083893») go, an account is grouped
 * as banks print it. Nothing is cut: a digit too many is told by the form, not lost.
 */
const DIGITS: ReadonlySet<FieldKind> = new Set<FieldKind>(['inn', 'ogrn', 'bik', 'account']);

export function isRequisite(kind: FieldKind): boolean {
  return DIGITS.has(kind) || kind === 'kpp';
}

export function typedRequisite(kind: FieldKind, text: string): string {
  if (kind === 'kpp')
    return text
      .replace(/^[^\d]+(?=\d)/, '')
      .replace(/[\s\u00a0-]/g, '')
      .toUpperCase();
  const digits = text.replace(/\D/g, '');
  return kind === 'account' ? accountText(digits) : digits;
}

/** `40702810200000000001` → `40702 810 2 0000 0000001`: currency, key and branch stand apart. */
export function accountText(digits: string): string {
  const parts = [5, 8, 9, 13].reduceRight<string[]>(
    ([head = '', ...tail], at) => (head.length > at ? [head.slice(0, at), head.slice(at), ...tail] : [head, ...tail]),
    [digits],
  );
  return parts.join(' ');
}
