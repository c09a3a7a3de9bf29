import { elementOf, membersOf, type StaticType } from '#engine';
import type { FeelToken } from './tokenize.ts';
import { typeBefore, typeOfText, type Types } from './type-before.ts';

export interface ScopedName {
  readonly name: string;
  readonly type: StaticType;
}

/** Names that exist only around the place: those of `for`, `some` and `every`, and the properties of what a filter is applied to. */
export function namesInScope(text: string, tokens: readonly FeelToken[], types: Types): readonly ScopedName[] {
  const locals = loopNames(text, tokens, types);
  const known = new Map([...types, ...locals.map(({ name, type }) => [name, type] as const)]);
  const own = openFilters(text, tokens).flatMap((end) => {
    const type = typeBefore(text, { tokens, end, types: known });
    return type === null ? [] : membersOf(elementOf(type));
  });
  return [...own, ...locals];
}

function loopNames(text: string, tokens: readonly FeelToken[], types: Types): readonly ScopedName[] {
  const found: ScopedName[] = [];
  const word = (index: number): string => text.slice(tokens[index]?.from, tokens[index]?.to);
  for (let at = 0; at < tokens.length; at += 1) {
    const opens = tokens[at]!.kind === 'keyword' && ['for', 'some', 'every'].includes(word(at));
    const follows = word(at) === ',' && found.length > 0;
    if (!opens && !follows) continue;
    let in_ = at + 1;
    while (tokens[in_]?.kind === 'name') in_ += 1;
    if (in_ === at + 1 || word(in_) !== 'in') continue;
    const name = text.slice(tokens[at + 1]!.from, tokens[in_ - 1]!.to).replace(/\s+/g, ' ');
    const known = new Map([...types, ...found.map((one) => [one.name, one.type] as const)]);
    const list = typeOfText(text.slice(tokens[in_]!.to, endOfSource(text, tokens, in_ + 1)), known);
    found.push({ name, type: list === null ? 'any' : elementOf(list) });
  }
  return found;
}

/** Where the list after `in` ends. */
function endOfSource(text: string, tokens: readonly FeelToken[], from: number): number {
  let depth = 0;
  for (const token of tokens.slice(from)) {
    if (token.kind === 'open') depth += 1;
    if (token.kind === 'close') depth -= 1;
    const word = text.slice(token.from, token.to);
    if (depth < 0 || (depth === 0 && (word === ',' || word === 'return' || word === 'satisfies'))) return token.from;
  }
  return text.length;
}

/** Indexes of the square brackets that are open at the end of the tokens. */
function openFilters(text: string, tokens: readonly FeelToken[]): readonly number[] {
  const open: number[] = [];
  for (const [index, { kind }] of tokens.entries()) {
    if (kind === 'open') open.push(index);
    if (kind === 'close') open.pop();
  }
  return open.filter((index) => text[tokens[index]!.from] === '[');
}
