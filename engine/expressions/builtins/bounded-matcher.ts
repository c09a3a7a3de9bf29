import type { FeelRun } from '../compiler/feel-run.ts';
import type { CharacterSet, ParsedPattern, Pattern } from './pattern-syntax.ts';

/**
 * Runs what RE2 cannot, back-references and class subtraction, by backtracking; every step costs fuel, so a hostile pattern
 * ends the evaluation instead of the server.
 */
export class BoundedMatcher {
  readonly #root: Pattern;
  readonly #groups: number;
  readonly #flags: { readonly i: boolean; readonly s: boolean; readonly m: boolean };

  constructor({ root, groups }: ParsedPattern, letters: string) {
    this.#root = root;
    this.#groups = groups;
    this.#flags = { i: letters.includes('i'), s: letters.includes('s'), m: letters.includes('m') };
  }

  /** The first match from `from` on: start and end of the whole and of each group, -1 for groups that took no part. */
  find(input: string, from: number, run: FeelRun): readonly number[] | null {
    for (let start = from; start <= input.length; start += width(input, start)) {
      const marks = new Array<number>(2 * (this.#groups + 1)).fill(-1);
      const end = this.#match(this.#root, start, { input, marks, run }, (at) => at);
      if (end >= 0) {
        marks[0] = start;
        marks[1] = end;
        return marks;
      }
    }
    return null;
  }

  #match(pattern: Pattern, at: number, state: State, next: (at: number) => number): number {
    const { input, marks, run } = state;
    run.spend(3);
    switch (pattern.kind) {
      case 'sequence': {
        const step = (index: number, from: number): number => {
          const part = pattern.parts[index];
          return part === undefined ? next(from) : this.#match(part, from, state, (to) => step(index + 1, to));
        };
        return step(0, at);
      }
      case 'choice':
        for (const part of pattern.parts) {
          const end = this.#match(part, at, state, next);
          if (end >= 0) return end;
        }
        return -1;
      case 'repeat': {
        const { part, least, most, lazy } = pattern;
        const step = (count: number, from: number): number => {
          const more = (): number =>
            count < most
              ? this.#match(part, from, state, (to) => (to === from && count >= least ? -1 : step(count + 1, to)))
              : -1;
          if (count < least) return more();
          if (lazy) {
            const end = next(from);
            return end >= 0 ? end : more();
          }
          const end = more();
          return end >= 0 ? end : next(from);
        };
        return step(0, at);
      }
      case 'group': {
        const { number } = pattern;
        if (number === null) return this.#match(pattern.part, at, state, next);
        const before = [marks[2 * number]!, marks[2 * number + 1]!] as const;
        const end = this.#match(pattern.part, at, state, (to) => {
          const inner = [marks[2 * number]!, marks[2 * number + 1]!] as const;
          marks[2 * number] = at;
          marks[2 * number + 1] = to;
          const result = next(to);
          if (result < 0) [marks[2 * number], marks[2 * number + 1]] = inner;
          return result;
        });
        if (end < 0) [marks[2 * number], marks[2 * number + 1]] = before;
        return end;
      }
      case 'start':
        return at === 0 || (this.#flags.m && input[at - 1] === '\n') ? next(at) : -1;
      case 'end':
        return at === input.length || (this.#flags.m && input[at] === '\n') ? next(at) : -1;
      case 'any':
        if (at >= input.length || (!this.#flags.s && (input[at] === '\n' || input[at] === '\r'))) return -1;
        return next(at + width(input, at));
      case 'backReference': {
        const text = input.slice(marks[2 * pattern.number], marks[2 * pattern.number + 1]);
        if (marks[2 * pattern.number]! < 0) return next(at);
        const there = input.slice(at, at + text.length);
        const equal = this.#flags.i ? there.toLowerCase() === text.toLowerCase() : there === text;
        return equal ? next(at + text.length) : -1;
      }
      case 'set': {
        if (at >= input.length) return -1;
        const char = String.fromCodePoint(input.codePointAt(at)!);
        return contains(pattern.set, this.#flags.i ? variants(char) : [char]) ? next(at + char.length) : -1;
      }
    }
  }
}

interface State {
  readonly input: string;
  readonly marks: number[];
  readonly run: FeelRun;
}

function width(input: string, at: number): number {
  return (input.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function variants(char: string): readonly string[] {
  return [char, char.toLowerCase(), char.toUpperCase(), char.toLowerCase().toUpperCase()];
}

const classTests = new Map<string, RegExp>();

function contains({ negated, ranges, classes, without }: CharacterSet, chars: readonly string[]): boolean {
  const inside = chars.some((char) => {
    const code = char.codePointAt(0)!;
    return ranges.some(([low, high]) => code >= low && code <= high) || classes.some((name) => isOfClass(name, char));
  });
  return inside !== negated && !(without !== null && contains(without, chars));
}

/** A class tests one sign, so the engine of the host has nothing to backtrack over. */
function isOfClass(name: string, char: string): boolean {
  let test = classTests.get(name);
  if (test === undefined) {
    test = new RegExp(`^${name}$`, 'u');
    classTests.set(name, test);
  }
  return test.test(char);
}
