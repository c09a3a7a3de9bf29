import { KnownNames } from './known-names.ts';
import { refuse, syntaxProblem } from './syntax-problem.ts';

/** Words that end a name of several words. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  'and', 'or', 'in', 'between', 'instance', 'of', 'then', 'else', 'return', 'satisfies', 'if', 'for', 'some', 'every',
  'function', 'true', 'false', 'null', 'external',
]); // prettier-ignore

const BLANK = /(?:[\s\u0085\u180e\u200b]+|\/\/[^\n\r]*|\/\*[\s\S]*?\*\/)+/uy;
const WORD = /[\p{L}\p{Nl}_\u{10000}-\u{EFFFF}][\p{L}\p{N}\p{M}_\u00b7\u203f\u2040\u{10000}-\u{EFFFF}]*/uy;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y;

/** A place in the text of an expression and the small readings of it (DMN 1.5 §10.3.1.2, rules 25–33). */
export class Cursor {
  readonly text: string;
  at = 0;
  /** Names of variables, parameters and functions that may stand here. */
  readonly names: KnownNames;
  /** Names after a dot. */
  readonly members: KnownNames;

  constructor(text: string, names: KnownNames, members: KnownNames) {
    this.text = text;
    this.names = names;
    this.members = members;
    this.blank();
  }

  blank(): void {
    BLANK.lastIndex = this.at;
    if (BLANK.test(this.text)) this.at = BLANK.lastIndex;
  }

  get ended(): boolean {
    return this.at >= this.text.length;
  }

  sees(symbol: string): boolean {
    return this.text.startsWith(symbol, this.at);
  }

  /** Reads a symbol when it stands here. */
  takes(symbol: string): boolean {
    if (!this.text.startsWith(symbol, this.at)) return false;
    this.at += symbol.length;
    this.blank();
    return true;
  }

  needs(symbol: string, expected: string): void {
    if (!this.takes(symbol)) throw this.problem(expected);
  }

  problem(expected: string, at = this.at): Error {
    return syntaxProblem(this.text, at, expected);
  }

  /** The word here, without reading it; '' when there is none. */
  word(at = this.at): string {
    WORD.lastIndex = at;
    return WORD.exec(this.text)?.[0] ?? '';
  }

  seesWord(word: string): boolean {
    return this.text.startsWith(word, this.at) && this.word() === word;
  }

  takesWord(word: string): boolean {
    if (!this.seesWord(word)) return false;
    this.at += word.length;
    this.blank();
    return true;
  }

  needsWord(word: string, expected: string): void {
    if (!this.takesWord(word)) throw this.problem(expected);
  }

  number(): string | null {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text)?.[0] ?? null;
    if (found === null) return null;
    this.at += found.length;
    this.blank();
    return found;
  }

  /** A text in double quotes, escapes resolved (rule 35); unknown escapes stay as they are, patterns need them. */
  string(): string {
    const start = this.at;
    let value = '';
    for (let at = start + 1; at < this.text.length; at += 1) {
      const char = this.text[at]!;
      if (char === '"') {
        this.at = at + 1;
        this.blank();
        return value;
      }
      if (char !== '\\') {
        value += char;
        continue;
      }
      const escape = /^\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(["'\\nrt]))/.exec(this.text.slice(at, at + 8));
      if (escape === null) {
        value += char;
        continue;
      }
      const code = escape[1] ?? escape[2];
      if (code === undefined)
        value += ({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[escape[3]!] ?? escape[3]!;
      else if (parseInt(code, 16) <= 0x10ffff) value += String.fromCodePoint(parseInt(code, 16));
      at += escape[0].length - 1;
    }
    return refuse(this.text, start, 'Expected a closing quote', 'Close the text with a second double quote.');
  }

  /** `a name in backticks`, as Camunda 8 writes names with any signs. */
  quotedName(): string | null {
    if (!this.sees('`')) return null;
    const end = this.text.indexOf('`', this.at + 1);
    if (end < 0) throw this.problem('a second backtick', this.text.length);
    const name = this.text.slice(this.at + 1, end);
    this.at = end + 1;
    this.blank();
    return name.trim().replace(/\s+/g, ' ');
  }

  /** Words up to a keyword or symbol as one name; '' when no word stands here. The first word may be a keyword after a dot. */
  joinedWords(first: 'word' | 'any' = 'word'): string {
    const words: string[] = [];
    for (let word = this.word(); word !== ''; word = this.word()) {
      if (KEYWORDS.has(word) && !(first === 'any' && words.length === 0)) break;
      words.push(word);
      this.at += word.length;
      this.blank();
    }
    return words.join(' ');
  }
}
