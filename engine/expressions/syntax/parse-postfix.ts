import { joinedEnd } from './joined-end.ts';
import { readPrimary } from './parse-primary.ts';
import type { Parsing } from './parsing.ts';
import type { Argument, Node } from './syntax-tree.ts';

export function readPostfix(on: Parsing): Node {
  const cursor = on.cursor;
  let node = readPrimary(on);
  for (;;) {
    if (cursor.sees('.') && !cursor.sees('..')) {
      cursor.takes('.');
      const name = readMemberName(on);
      node = { kind: 'path', target: node, name, from: node.from, to: on.ended() };
    } else if (cursor.sees('[')) {
      const target = node;
      // `]1..5[` ends a range here; only a filter has an expression and ] after it.
      const filter = on.openEnds > 0 ? on.attempt(() => readFilter(on, target)) : readFilter(on, target);
      if (filter === null) return node;
      node = filter;
    } else if (cursor.sees('(')) {
      const args = readArguments(on);
      node = { kind: 'call', callee: node, args, from: node.from, to: on.ended() };
    } else {
      return node;
    }
  }
}

function readFilter(on: Parsing, target: Node): Node {
  const cursor = on.cursor;
  cursor.takes('[');
  const openEnds = on.openEnds;
  on.openEnds = 0;
  on.filters += 1;
  const condition = on.operatorTest() ?? on.part('a closing bracket ]');
  on.filters -= 1;
  on.openEnds = openEnds;
  cursor.needs(']', 'a closing bracket ]');
  return { kind: 'filter', target, condition, from: target.from, to: on.ended() };
}

function readMemberName(on: Parsing): string {
  const cursor = on.cursor;
  const at = cursor.at;
  const quoted = cursor.quotedName();
  if (quoted !== null) return on.allow(quoted, at);
  const known = cursor.members.match(cursor.text, at);
  const joined = joinedEnd(on, 'any');
  if (known !== null && known.to >= joined.to) {
    cursor.at = known.to;
    cursor.blank();
    return on.allow(known.name, at);
  }
  if (joined.name === '') throw cursor.problem('a name after the dot');
  cursor.at = joined.to;
  cursor.blank();
  return on.allow(joined.name, at);
}

function readArguments(on: Parsing): readonly Argument[] {
  const cursor = on.cursor;
  cursor.takes('(');
  const args: Argument[] = [];
  while (!cursor.sees(')')) {
    const name = readArgumentName(on);
    args.push({ name, value: on.operatorTest() ?? on.part('a closing bracket') });
    if (!cursor.takes(',')) break;
    if (cursor.sees(')')) throw cursor.problem('another argument');
  }
  cursor.needs(')', 'a closing bracket');
  if (args.some(({ name }) => (name === null) !== (args[0]!.name === null))) {
    throw cursor.problem('all arguments with names, or none');
  }
  return args;
}

function readArgumentName(on: Parsing): string | null {
  const cursor = on.cursor;
  const match = /^\s*([^(){}[\]",:@]+?)\s*:/u.exec(cursor.text.slice(cursor.at, cursor.at + 200));
  if (match === null || cursor.word() === '') return null;
  cursor.at += match[0].length;
  cursor.blank();
  return match[1]!.replace(/\s+/g, ' ').replaceAll('`', '');
}
