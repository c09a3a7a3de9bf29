import { RE2JS } from 're2js';
import type { FeelRun } from '../compiler/feel-run.ts';
import type { FeelValue } from '../values/feel-value.ts';
import { BoundedMatcher } from './bounded-matcher.ts';
import { parsePattern, PatternError, readsAhead, toRe2 } from './pattern-syntax.ts';

/**
 * `matches`, `replace`, `split` (DMN 1.5 §10.3.4.3, XPath 2.0 patterns). They run on an engine that cannot backtrack: a
 * backtracking one takes 57 s for `matches("a×29!", "^(a+)+$")` (`reliability.md` §3.2). The few patterns it cannot run
 * are matched by our own within the fuel of the evaluation. Invalid patterns and flags give null and a warning.
 */
interface Matcher {
  readonly groups: number;
  /** As `BoundedMatcher.find`. */
  find(input: string, from: number, run: FeelRun): readonly number[] | null;
}

export function matchPattern(input: string, pattern: string, flags: FeelValue, run: FeelRun): FeelValue {
  const matcher = compile(pattern, flags, run);
  return matcher === null ? null : matcher.find(input, 0, run) !== null;
}

/** In the replacement `$1` is a group, `$0` the whole match, `\$` and `\\` the signs; anything else after them is invalid. */
export function replacePattern(
  input: string,
  pattern: string,
  replacement: string,
  flags: FeelValue,
  run: FeelRun,
): FeelValue {
  const matcher = compile(pattern, flags, run);
  if (matcher === null) return null;
  const quoted = typeof flags === 'string' && flags.includes('q');
  if (!quoted && !/^(?:[^$\\]|\\[\\$]|\$\d)*$/s.test(replacement)) {
    return run.fail(`Expected $ before a digit in the replacement, got "${replacement}".`, run.place);
  }
  if (matcher.find('', 0, run) !== null) return run.fail(`The pattern "${pattern}" matches an empty text.`, run.place);
  let result = '';
  let from = 0;
  for (const marks of matchesIn(matcher, input, run)) {
    result += input.slice(from, marks[0]) + (quoted ? replacement : expand(replacement, marks, input, matcher.groups));
    run.spend(1 + result.length / 4096);
    from = marks[1]!;
  }
  return result + input.slice(from);
}

function expand(replacement: string, marks: readonly number[], input: string, groups: number): string {
  return replacement.replace(/\\([\\$])|\$(\d+)/g, (_, sign: string | undefined, digits = '') => {
    if (sign !== undefined) return sign;
    let count = (digits as string).length;
    while (count > 1 && Number((digits as string).slice(0, count)) > groups) count -= 1;
    const group = Number((digits as string).slice(0, count));
    const start = group <= groups ? marks[2 * group]! : -1;
    return (start < 0 ? '' : input.slice(start, marks[2 * group + 1])) + (digits as string).slice(count);
  });
}

/** The delimiter is a pattern; trailing empty parts are kept: `split("a;b;;", ";")` has four. */
export function splitByPattern(text: string, delimiter: string, run: FeelRun): FeelValue {
  if (delimiter === '') {
    run.spend(text.length);
    return [...text];
  }
  const matcher = compile(delimiter, '', run);
  if (matcher === null) return null;
  const parts: string[] = [];
  let from = 0;
  for (const marks of matchesIn(matcher, text, run)) {
    parts.push(text.slice(from, marks[0]));
    from = marks[1]!;
  }
  parts.push(text.slice(from));
  run.spend(parts.length);
  return parts;
}

function* matchesIn(matcher: Matcher, input: string, run: FeelRun): Generator<readonly number[]> {
  for (let from = 0; from <= input.length;) {
    const marks = matcher.find(input, from, run);
    if (marks === null) return;
    yield marks;
    from = marks[1]! > marks[0]! ? marks[1]! : marks[1]! + 1;
  }
}

/** A few patterns serve many rows; compiling costs more than matching. Emptied when full, which a table never reaches. */
const compiled = new Map<string, Matcher | string>();
const COMPILED_LIMIT = 500;
/** 10 µs and more; a hostile expression makes a new pattern each time. */
const COMPILE_COST = 600;

function compile(pattern: string, flags: FeelValue, run: FeelRun): Matcher | null {
  const letters = typeof flags === 'string' ? flags : '';
  const key = `${letters}/${pattern}`;
  let known = compiled.get(key);
  if (known === undefined) {
    run.spend(COMPILE_COST + 40 * pattern.length);
    known = build(pattern, letters);
    if (compiled.size >= COMPILED_LIMIT) compiled.clear();
    compiled.set(key, known);
  }
  return typeof known === 'string' ? run.fail(known, run.place) : known;
}

/** The matcher, or why there is none. */
function build(pattern: string, letters: string): Matcher | string {
  const unknown = /[^ismxq]/.exec(letters);
  if (unknown !== null) return `Unknown regular expression flag "${unknown[0]}". Use i, s, m, x or q.`;
  try {
    if (letters.includes('q')) return re2(RE2JS.quote(pattern), letters, { groups: 0, ahead: false });
    const parsed = parsePattern(letters.includes('x') ? withoutBlanks(pattern) : pattern);
    if (parsed.special) {
      const own = new BoundedMatcher(parsed, letters);
      return { groups: parsed.groups, find: (input, from, run) => own.find(input, from, run) };
    }
    return re2(toRe2(parsed.root, letters.includes('s')), letters, {
      groups: parsed.groups,
      ahead: readsAhead(parsed.root),
    });
  } catch (error) {
    const why = error instanceof PatternError ? ` (${error.message})` : '';
    return `Expected a regular expression, got "${pattern}"${why}. Look-ahead and look-behind are not supported.`;
  }
}

/** Flag x: white space outside of brackets says nothing. */
function withoutBlanks(pattern: string): string {
  return pattern.replace(/\\\[|\\\]|\[(?:\\.|[^\]\\])*\]|[ \t\n\r]+/gs, (part) =>
    /^[ \t\n\r]/.test(part) ? '' : part,
  );
}

function re2(
  text: string,
  letters: string,
  { groups, ahead }: { readonly groups: number; readonly ahead: boolean },
): Matcher {
  let bits = 0;
  if (letters.includes('i')) bits |= RE2JS.CASE_INSENSITIVE;
  if (letters.includes('s')) bits |= RE2JS.DOTALL;
  if (letters.includes('m')) bits |= RE2JS.MULTILINE;
  const regex = RE2JS.compile(text, bits);
  return {
    groups,
    find(input, from, run) {
      // About 50 ns for a character; how many it reads is known only from outside.
      const rest = input.length - from;
      if (ahead) run.spend(4 + rest / 3);
      const matcher = regex.matcher(input);
      if (!matcher.find(from)) {
        run.spend(4 + (ahead ? 0 : rest / 2));
        return null;
      }
      if (!ahead) run.spend(4 + (matcher.end(0) - from) / 2);
      const marks: number[] = [];
      for (let group = 0; group <= groups; group += 1) marks.push(matcher.start(group), matcher.end(group));
      return marks;
    },
  };
}
