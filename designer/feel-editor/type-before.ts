import { compileFeel, ExpressionSyntaxError, inferType, type StaticType } from '#engine';
import type { FeelToken } from './tokenize.ts';

export type Types = ReadonlyMap<string, StaticType>;

/** The type of a piece of an expression; null where it cannot be read. */
export function typeOfText(text: string, types: Types): StaticType | null {
  try {
    return inferType(compileFeel(text), types).type;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return null;
    throw error;
  }
}

/**
 * The type of the value that ends where token `end` begins: `claim` or `orders[1]` before a dot, a filter or an operator. Where it
 * begins nobody knows yet (`сумма claim.` may be one name), so the longest piece that has a type is taken.
 */
export function typeBefore(
  text: string,
  { tokens, end, types }: { readonly tokens: readonly FeelToken[]; readonly end: number; readonly types: Types },
): StaticType | null {
  const stop = tokens[end - 1]?.to;
  if (stop === undefined) return null;
  for (const start of startsBefore(text, tokens, end)) {
    const type = typeOfText(text.slice(start, stop), types);
    if (type !== null && type !== 'any') return type;
  }
  return null;
}

/** Where the value may begin, farthest first. */
function startsBefore(text: string, tokens: readonly FeelToken[], end: number): readonly number[] {
  const starts: number[] = [];
  let at = end - 1;
  while (at >= 0) {
    const token = tokens[at]!;
    if (token.kind === 'close') {
      at = openOf(tokens, at) - 1;
      // A list in brackets has no name before it.
      if (tokens[at + 1] !== undefined) starts.unshift(tokens[at + 1]!.from);
      continue;
    }
    const isDot = token.kind === 'operator' && text.slice(token.from, token.to) === '.';
    if (!isDot && !['name', 'member', 'function'].includes(token.kind)) break;
    if (!isDot) starts.unshift(token.from);
    at -= 1;
  }
  return starts;
}

/** The index of the bracket that token `close` closes; -1 when nothing does. */
function openOf(tokens: readonly FeelToken[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at -= 1) {
    if (tokens[at]!.kind === 'close') depth += 1;
    if (tokens[at]!.kind === 'open') depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}
