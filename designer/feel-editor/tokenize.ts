import { feelFunctions } from '#engine';

export type FeelTokenKind =
  | 'keyword'
  | 'constant'
  | 'function'
  | 'name'
  | 'member'
  | 'number'
  | 'text'
  | 'temporal'
  | 'comment'
  | 'operator'
  | 'open'
  | 'close';

export interface FeelToken {
  readonly kind: FeelTokenKind;
  readonly from: number;
  readonly to: number;
}

const KEYWORDS = 'and|or|in|between|instance|of|then|else|return|satisfies|if|for|some|every|function|external'.split(
  '|',
);
const CONSTANTS = ['true', 'false', 'null'];
const WORD = /[\p{L}_][\p{L}\p{N}\p{M}_]*/uy;

const RULES: readonly (readonly [FeelTokenKind, RegExp])[] = [
  ['comment', /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['temporal', /@"(?:[^"\\]|\\[\s\S])*(?:"|$)/y],
  ['text', /"(?:[^"\\]|\\[\s\S])*(?:"|$)/y],
  ['name', /`[^`]*(?:`|$)/y],
  ['number', /(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['function', functionPattern()],
  ['name', WORD],
  ['open', /[([{]/y],
  ['close', /[)\]}]/y],
  ['operator', /\*\*|\.\.|[<>!]=|->|[-+*/=<>.,:?]/y],
];

/**
 * The text cut into tokens, for colours and completion while it is still wrong: unlike the grammar it never fails, and unlike
 * the grammar it takes each word for itself, except the names of functions, which may hold blanks and keywords.
 */
export function tokenize(text: string): readonly FeelToken[] {
  const tokens: FeelToken[] = [];
  let at = 0;
  while (at < text.length) {
    const token = readToken(text, at, tokens.at(-1));
    if (token !== null) tokens.push(token);
    at = token?.to ?? at + 1;
  }
  return tokens;
}

function readToken(text: string, from: number, before: FeelToken | undefined): FeelToken | null {
  const afterDot = before?.kind === 'operator' && text.slice(before.from, before.to) === '.';
  for (const [kind, pattern] of RULES) {
    if (kind === 'function' && afterDot) continue;
    pattern.lastIndex = from;
    const found = pattern.exec(text)?.[0];
    if (!found) continue;
    return { kind: kind === 'name' ? kindOfName(found, afterDot) : kind, from, to: from + found.length };
  }
  return null;
}

function kindOfName(word: string, afterDot: boolean): FeelTokenKind {
  if (afterDot) return 'member';
  if (KEYWORDS.includes(word)) return 'keyword';
  return CONSTANTS.includes(word) ? 'constant' : 'name';
}

/** Every function by name where a bracket follows, the longest first: `date and time` before `date`. */
function functionPattern(): RegExp {
  const names = feelFunctions
    .map(({ name }) => name)
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replaceAll(' ', '\\s+'));
  return new RegExp(`(?:${names.join('|')})(?=\\s*\\()`, 'uy');
}
