import type { TypeFinding } from './finding.ts';

/** The text that a finding speaks of, with the brackets that belong to it: places leave outer brackets out. */
export function excerptOf(text: string, { from, to }: Pick<TypeFinding, 'from' | 'to'>): string {
  const { start, end } = balancedPlace(text, from, to);
  return text.slice(start, end).trim().replace(/\s+/g, ' ');
}

export function balancedPlace(
  text: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } {
  const { opening, closing } = unmatched(text.slice(from, to));
  let [start, end] = [from, to];
  for (let missing = closing; missing > 0 && start > 0; missing -= 1) start = text.lastIndexOf('(', start - 1);
  for (let missing = opening; missing > 0 && end < text.length; missing -= 1) end = text.indexOf(')', end) + 1;
  return start < 0 || end === 0 ? { start: from, end: to } : { start, end };
}

/** Round brackets in a text without partners; quoted ones do not count. */
function unmatched(text: string): { readonly opening: number; readonly closing: number } {
  let opening = 0;
  let closing = 0;
  for (const [part] of text.matchAll(/"(?:\\.|[^"\\])*"|[()]/g)) {
    if (part === '(') opening += 1;
    else if (part === ')' && opening > 0) opening -= 1;
    else if (part === ')') closing += 1;
  }
  return { opening, closing };
}
