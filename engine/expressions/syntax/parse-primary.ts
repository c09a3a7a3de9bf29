import { KEYWORDS } from './cursor.ts';
import { joinedEnd } from './joined-end.ts';
import { readContext } from './parse-context.ts';
import { dotsAhead, readRange } from './parse-range.ts';
import { readTextual } from './parse-textual.ts';
import type { Parsing } from './parsing.ts';
import type { Node } from './syntax-tree.ts';
import { parseNumber } from '../values/decimal.ts';
import { parseTemporal } from '../values/temporal-text.ts';

export function readPrimary(on: Parsing): Node {
  const cursor = on.cursor;
  const from = cursor.at;
  if (cursor.ended) throw cursor.problem('a value');
  const symbol = cursor.text[from]!;
  if (symbol === '"') return { kind: 'literal', value: cursor.string(), from, to: on.ended() };
  if (symbol === '@') return readTemporal(on, from);
  if (symbol === '(') return readBracket(on, from);
  if (symbol === '[') return readList(on, from);
  if (symbol === ']') return readRange(on, from);
  if (symbol === '{') return readContext(on, from);
  if (symbol === '?') {
    cursor.takes('?');
    return { kind: 'name', name: '?', from, to: from + 1 };
  }
  const number = cursor.number();
  if (number !== null) {
    const value = parseNumber(number);
    if (cursor.word() !== '' && !/\s/.test(cursor.text[cursor.at - 1]!)) throw cursor.problem('an operator');
    return { kind: 'literal', value, from, to: from + number.length };
  }
  return readName(on, from);
}

function readTemporal(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  cursor.takes('@');
  if (!cursor.sees('"')) throw cursor.problem('a date, time or duration in quotes after @');
  const value = parseTemporal(cursor.string());
  return { kind: 'literal', value, from, to: on.ended() };
}

function readName(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  const quoted = cursor.quotedName();
  if (quoted !== null) return { kind: 'name', name: on.allow(quoted, from), from, to: on.ended() };
  const word = cursor.word();
  const known = cursor.names.match(cursor.text, from);
  if (KEYWORDS.has(word) && (known === null || known.to === from + word.length)) {
    const textual = word === 'null' || word === 'true' || word === 'false' ? null : readTextual(on);
    if (textual !== null) return textual;
    if (word !== 'null' && word !== 'true' && word !== 'false') throw cursor.problem('a value');
    cursor.takesWord(word);
    return { kind: 'literal', value: word === 'null' ? null : word === 'true', from, to: from + word.length };
  }
  const joined = joinedEnd(on, 'word');
  const member = on.filters > 0 ? cursor.members.match(cursor.text, from) : null;
  let found = joined;
  for (const one of [known, member]) {
    if (one !== null && (one.to > found.to || (one.to === found.to && found === joined))) found = one;
  }
  const { name, to } = found;
  if (name === '') throw cursor.problem('a value');
  cursor.at = to;
  cursor.blank();
  return { kind: 'name', name: on.allow(name, from), from, to };
}

function readBracket(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  if (dotsAhead(on)) return readRange(on, from);
  cursor.takes('(');
  const openEnds = on.openEnds;
  on.openEnds = 0;
  const test = on.operatorTest();
  const inner = test ?? on.part('a closing bracket');
  cursor.needs(')', 'a closing bracket');
  on.openEnds = openEnds;
  return inner;
}

function readList(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  if (dotsAhead(on)) return readRange(on, from);
  cursor.takes('[');
  const openEnds = on.openEnds;
  on.openEnds = 0;
  const items: Node[] = [];
  while (!cursor.sees(']')) {
    items.push(on.operatorTest() ?? on.part('a closing bracket ]'));
    if (!cursor.takes(',')) break;
    if (cursor.sees(']')) throw cursor.problem('another element');
  }
  on.openEnds = openEnds;
  cursor.needs(']', 'a closing bracket ]');
  return { kind: 'list', items, from, to: on.ended() };
}
