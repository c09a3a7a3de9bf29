import { RE2JS } from 're2js';
import { FeelRefusal, type OwnFunction } from '../own-function.ts';

/**
 * DMN 1.5 §10.3.4.3 `matches`, `replace`, `split` on an engine that cannot backtrack: feelin's own take 57 s for
 * `matches("a×29!", "^(a+)+$")` (`reliability.md` §3.2). Look-around and back-references do not exist here and are refused.
 */
export const matches: OwnFunction = {
  name: 'matches',
  parameters: ['input', 'pattern', 'flags'],
  call: ([input, pattern, flags]) =>
    areTexts(input, pattern) ? compile(pattern as string, flags).test(input as string) : null,
};

/** Groups in the replacement are `$1` … `$9`; `$0` is the whole match. */
export const replace: OwnFunction = {
  name: 'replace',
  parameters: ['input', 'pattern', 'replacement', 'flags'],
  call: ([input, pattern, replacement, flags]) => {
    if (!areTexts(input, pattern, replacement)) return null;
    return compile(pattern as string, flags)
      .matcher(input as string)
      .replaceAll((replacement as string).replaceAll('$0', () => '$&'));
  },
};

/** The delimiter is a pattern. Unlike Java's, trailing empty parts are kept: `split("a;b;;", ";")` has four. */
export const split: OwnFunction = {
  name: 'split',
  parameters: ['string', 'delimiter'],
  call: ([text, delimiter]) => {
    if (!areTexts(text, delimiter)) return null;
    return delimiter === '' ? [...(text as string)] : compile(delimiter as string, undefined).split(text as string, -1);
  },
};

const FLAGS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  s: RE2JS.DOTALL,
  m: RE2JS.MULTILINE,
};

/** A few patterns serve many rows; compiling costs more than matching. Emptied when full, which a table never reaches. */
const compiled = new Map<string, RE2JS>();
const COMPILED_LIMIT = 500;

function compile(pattern: string, flags: unknown): RE2JS {
  const letters = typeof flags === 'string' ? flags : '';
  const key = `${letters}/${pattern}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  let bits = 0;
  for (const letter of letters) {
    const bit = FLAGS[letter];
    if (bit === undefined) throw new FeelRefusal(`Unknown regular expression flag "${letter}". Use i, s or m.`);
    bits |= bit;
  }
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern, bits);
  } catch {
    throw new FeelRefusal(
      `Expected a regular expression, got "${pattern}". Look-ahead, look-behind and back-references are not supported.`,
    );
  }
  if (compiled.size >= COMPILED_LIMIT) compiled.clear();
  compiled.set(key, regex);
  return regex;
}

function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
