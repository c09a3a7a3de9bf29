/** Finds the case numbers of one numbering format in a text. */
export type CaseNumberPattern = {
  readonly format: string;
  /** Case numbers in the canonical spelling of the format, in order of appearance, without repeats. */
  readonly find: (text: string) => readonly string[];
};

const PLACEHOLDER = /\{(yyyy|yy|mm|0+)\}/giu;
/** Mail clients and phones turn a hyphen into these; a person retyping the number does too. */
const HYPHENS = '[-\\u2010\\u2011\\u2012\\u2013\\u2212]';

/**
 * Builds the search from a numbering format: `{yyyy}`, `{yy}`, `{mm}` are digits of the date, `{000000}` is the counter
 * with at least that many digits, everything else is literal. `ОБР-{yyyy}-{000000}` finds «[#ОБР-2026-000123]» and
 * «обр–2026–000123», but not «ОБР-2026-00012» nor the inside of a longer word or number.
 *
 * @throws Error for a format without a counter: it would match every literal mention
 */
export function caseNumberPattern(format: string): CaseNumberPattern {
  const literals: string[] = [];
  let source = '';
  let at = 0;
  let counters = 0;
  for (const match of format.matchAll(PLACEHOLDER)) {
    literals.push(format.slice(at, match.index));
    source += literalSource(format.slice(at, match.index));
    const kind = match[1]!.toLowerCase();
    if (kind.startsWith('0')) {
      counters += 1;
      source += `(\\d{${kind.length},15})`;
    } else {
      source += `(\\d{${kind.length}})`;
    }
    at = match.index + match[0].length;
  }
  literals.push(format.slice(at));
  source += literalSource(format.slice(at));
  if (counters !== 1) {
    throw new Error(`Expected exactly one counter such as {000000} in the case number format, but got "${format}".`);
  }
  const search = new RegExp(`(?<![\\p{L}\\p{N}])${source}(?![\\p{L}\\p{N}])`, 'giu');

  return {
    format,
    find: (text) => {
      const found = new Set<string>();
      for (const match of text.matchAll(search)) {
        found.add(literals.map((literal, index) => literal + (match[index + 1] ?? '')).join(''));
      }
      return [...found];
    },
  };
}

function literalSource(literal: string): string {
  return [...literal].map((char) => (char === '-' ? HYPHENS : char.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&'))).join('');
}
