import type { Parsing } from './parsing.ts';
import type { Node } from './syntax-tree.ts';

export function readRange(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  const startIncluded = cursor.sees('[');
  cursor.at += 1;
  cursor.blank();
  const start = on.additive();
  cursor.needs('..', 'two dots and the end of the range');
  on.openEnds += 1;
  const end = on.additive();
  on.openEnds -= 1;
  const endIncluded = cursor.sees(']');
  if (!cursor.takes(']') && !cursor.takes(')') && !cursor.takes('[')) throw cursor.problem('a closing bracket ]');
  return { kind: 'range', start, end, startIncluded, endIncluded, from, to: on.ended() };
}

/** Whether this bracket holds a range: `..` follows in it, and no iteration whose own `..` it could be. */
export function dotsAhead(on: Parsing): boolean {
  const { text } = on.cursor;
  let depth = 0;
  for (let at = on.cursor.at; at < text.length; at += 1) {
    const char = text[at]!;
    if (char === '"') {
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
    } else if (char === '(' || char === '[' || char === '{') depth += 1;
    else if (char === ')' || char === ']' || char === '}') {
      depth -= 1;
      if (depth <= 0) return false;
    } else if (depth === 1 && char === '.' && text[at + 1] === '.') return true;
    else if (depth === 1 && (char === ',' || isIteration(on, at))) return false;
  }
  return false;
}

function isIteration(on: Parsing, at: number): boolean {
  const { text } = on.cursor;
  if (!'fse'.includes(text[at]!) || /[\p{L}\p{N}_.]/u.test(text[at - 1] ?? ' ')) return false;
  return ['for', 'some', 'every'].includes(on.cursor.word(at));
}
