import type { Parsing } from './parsing.ts';
import type { Node } from './syntax-tree.ts';

export function readContext(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  cursor.takes('{');
  return on.scoped(() => {
    const entries: { key: string; value: Node }[] = [];
    const openEnds = on.openEnds;
    on.openEnds = 0;
    while (!cursor.sees('}')) {
      const key = readKey(on);
      cursor.members.add(key);
      const value = on.part('a closing brace }');
      entries.push({ key, value });
      cursor.names.add(key);
      if (!cursor.takes(',')) break;
      if (cursor.sees('}')) throw cursor.problem('another entry');
    }
    on.openEnds = openEnds;
    cursor.needs('}', 'a closing brace }');
    return { kind: 'context', entries, from, to: on.ended() };
  });
}

function readKey(on: Parsing): string {
  const cursor = on.cursor;
  const { at } = cursor;
  let key: string;
  if (cursor.sees('"')) {
    key = cursor.string();
  } else {
    const quoted = cursor.quotedName();
    const match = /^[^:"{}[\](),]+/u.exec(cursor.text.slice(at));
    if (quoted === null && match === null) throw cursor.problem('the name of an entry');
    key = quoted ?? match![0].trim().replace(/\s+/g, ' ');
    if (quoted === null) {
      if (/^[\d.]/.test(key)) throw cursor.problem('the name of an entry');
      cursor.at = at + match![0].length;
    }
  }
  cursor.needs(':', 'a colon after the name of the entry');
  return on.allow(key, at);
}
