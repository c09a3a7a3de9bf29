import { isNumber, toWhole } from '../values/decimal.ts';
import type { FeelFunction, FeelValue } from '../values/feel-value.ts';
import { textOf } from '../values/feel-text.ts';
import type { FeelRun } from '../compiler/feel-run.ts';
import { define } from './define.ts';
import { matchPattern, replacePattern, splitByPattern } from './patterns.ts';

/** String functions of DMN 1.5 §10.3.4.3; positions and lengths count code points. */
export const stringFunctions: readonly FeelFunction[] = [
  define('string', 'from: Any -> string', ([from], run) => (from === null ? null : textOf(from!, run))),
  define('substring', 'string: string, start position: number, length?: number -> string', ([text, start, length]) => {
    if (typeof text !== 'string' || !isNumber(start)) return null;
    if (length === undefined) return substring(text, start, null);
    return isNumber(length) ? substring(text, start, length) : null;
  }),
  define('string length', 'string: string -> number', ([text]) => (typeof text === 'string' ? codePoints(text) : null)),
  define('upper case', 'string: string -> string', ([text]) => (typeof text === 'string' ? text.toUpperCase() : null)),
  define('lower case', 'string: string -> string', ([text]) => (typeof text === 'string' ? text.toLowerCase() : null)),
  define('substring before', 'string: string, match: string -> string', ([text, match]) => {
    if (typeof text !== 'string' || typeof match !== 'string') return null;
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(0, at);
  }),
  define('substring after', 'string: string, match: string -> string', ([text, match]) => {
    if (typeof text !== 'string' || typeof match !== 'string') return null;
    const at = text.indexOf(match);
    return at < 0 ? '' : text.slice(at + match.length);
  }),
  define('contains', 'string: string, match: string -> boolean', ([text, match]) =>
    typeof text === 'string' && typeof match === 'string' ? text.includes(match) : null,
  ),
  define('starts with', 'string: string, match: string -> boolean', ([text, match]) =>
    typeof text === 'string' && typeof match === 'string' ? text.startsWith(match) : null,
  ),
  define('ends with', 'string: string, match: string -> boolean', ([text, match]) =>
    typeof text === 'string' && typeof match === 'string' ? text.endsWith(match) : null,
  ),
  define('matches', 'input: string, pattern: string, flags?: string -> boolean', ([input, pattern, flags], run) =>
    typeof input === 'string' && typeof pattern === 'string' ? matchPattern(input, pattern, flags ?? '', run) : null,
  ),
  define(
    'replace',
    'input: string, pattern: string, replacement: string, flags?: string -> string',
    ([input, pattern, replacement, flags], run) =>
      typeof input === 'string' && typeof pattern === 'string' && typeof replacement === 'string'
        ? replacePattern(input, pattern, replacement, flags ?? '', run)
        : null,
  ),
  define('split', 'string: string, delimiter: string -> list<string>', ([text, delimiter], run) =>
    typeof text === 'string' && typeof delimiter === 'string' ? splitByPattern(text, delimiter, run) : null,
  ),
  define('string join', 'list: list, delimiter?: string -> string', ([list, delimiter], run) =>
    joined(list as readonly FeelValue[] | null, delimiter, run),
  ),
];

const SURROGATE = /[\ud800-\udfff]/;

function codePoints(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += text.codePointAt(at)! > 0xffff ? 2 : 1) count += 1;
  return count;
}

function substring(text: string, start: FeelValue, length: FeelValue): FeelValue {
  const from = toWhole(start);
  const count = length === null ? Infinity : toWhole(length);
  if (from === null || from === 0 || count === null || count < 1) return null;
  // Without surrogates a code point is a place in the text; spreading a text of a million costs 20 times as much.
  const characters = SURROGATE.test(text) ? [...text] : text;
  const index = from > 0 ? from - 1 : characters.length + from;
  if (index < 0 || index > characters.length) return index < 0 ? null : '';
  const part = characters.slice(index, index + count);
  return typeof part === 'string' ? part : part.join('');
}

function joined(list: readonly FeelValue[] | null, delimiter: FeelValue | undefined, run: FeelRun): FeelValue {
  if (list === null) return null;
  const texts: string[] = [];
  for (const item of list) {
    if (item === null) continue;
    if (typeof item !== 'string') return null;
    texts.push(item);
  }
  const text = texts.join(typeof delimiter === 'string' ? delimiter : '');
  run.spend(text.length / 16);
  return text;
}
