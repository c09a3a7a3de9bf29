import type { FeelToken } from './tokenize.ts';

export interface BracketPair {
  readonly open: FeelToken;
  /** Null for a bracket without its other half. */
  readonly close: FeelToken | null;
}

const CLOSES: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The pair of the bracket that stands beside the cursor. Brackets in texts are no brackets; `]1..5[` is left alone. */
export function findBracket(text: string, tokens: readonly FeelToken[], cursor: number): BracketPair | null {
  const stack: FeelToken[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') stack.push(token);
    if (token.kind !== 'close') continue;
    const open = stack.at(-1);
    if (open === undefined || CLOSES[text[open.from]!] !== text[token.from]) {
      if (touches(token, cursor)) return { open: token, close: null };
      continue;
    }
    stack.pop();
    if (touches(open, cursor) || touches(token, cursor)) return { open, close: token };
  }
  const alone = stack.find((token) => touches(token, cursor));
  return alone === undefined ? null : { open: alone, close: null };
}

function touches({ from, to }: FeelToken, cursor: number): boolean {
  return cursor === from || cursor === to;
}
