/**
 * Rewrites a `pattern` so that RE2 (server) and the JavaScript engine (browser) accept exactly the same strings.
 *
 * The two differ in `\s` and in the dot: RE2's are ASCII white space and everything but LF, JavaScript's take in Unicode spaces
 * and leave out CR, U+2028 and U+2029. Both are spelled out as classes. What only one of them knows is refused: look-around and
 * back-references (RE2 cannot run them in linear time), inline flags and `(?P<…>)` (JavaScript refuses them). Shipping re2js to the
 * phone instead would have cost more than the whole validator.
 */
export type PortablePattern =
  { readonly ok: true; readonly pattern: string } | { readonly ok: false; readonly reason: string };

const SPACE = '\\t\\n\\f\\r ';

export function portablePattern(pattern: string): PortablePattern {
  if (pattern.length > 500) return { ok: false, reason: 'it is longer than 500 characters' };
  let out = '';
  let inClass = false;
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at]!;
    if (char === '\\') {
      const next = pattern[at + 1] ?? '';
      at += 1;
      if (/[1-9k]/.test(next))
        return { ok: false, reason: `the back-reference \\${next} cannot be matched in linear time` };
      if (next === 's') out += inClass ? SPACE : `[${SPACE}]`;
      else if (next === 'S' && inClass) return { ok: false, reason: '\\S inside a character class is not supported' };
      else if (next === 'S') out += `[^${SPACE}]`;
      else out += `\\${next}`;
    } else if (inClass) {
      if (char === '[')
        return {
          ok: false,
          reason: 'an unescaped [ inside a character class means different things to the two engines',
        };
      inClass = char !== ']';
      out += char;
    } else if (char === '[') {
      inClass = true;
      out += char;
      if (pattern[at + 1] === '^') {
        out += '^';
        at += 1;
      }
      if (pattern[at + 1] === ']') return { ok: false, reason: 'an unescaped ] at the start of a character class' };
    } else if (char === '(' && pattern[at + 1] === '?' && pattern[at + 2] !== ':') {
      return {
        ok: false,
        reason: `the group ${pattern.slice(at, at + 4)}… is look-around, flags or a name; only (…) and (?:…) are supported`,
      };
    } else out += char === '.' ? '[^\\n]' : char;
  }
  try {
    new RegExp(out, 'u');
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
  return { ok: true, pattern: out };
}
