import { parseType } from './parse-type.ts';
import type { Parsing } from './parsing.ts';
import { refuse } from './syntax-problem.ts';
import type { Node, Parameter, Source } from './syntax-tree.ts';
import { ANY } from '../values/feel-type.ts';

export function readTextual(on: Parsing): Node | null {
  const cursor = on.cursor;
  if (knownAt(on, cursor.at, cursor.word()) !== null) return null;
  const from = cursor.at;
  if (cursor.seesWord('if')) return readIf(on, from);
  if (cursor.seesWord('for')) return readFor(on, from);
  if (cursor.seesWord('some') || cursor.seesWord('every')) return readQuantified(on, from);
  if (cursor.seesWord('function')) return readFunction(on, from);
  return null;
}

/** A known name that begins with this keyword and goes on, such as the variable `for whom`. */
function knownAt(on: Parsing, at: number, keyword: string): { readonly name: string; readonly to: number } | null {
  const known = on.cursor.names.match(on.cursor.text, at);
  return known !== null && known.to > at + keyword.length ? known : null;
}

function readIf(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  const form = 'if … then … else …';
  cursor.takesWord('if');
  const condition = on.part(form);
  cursor.needsWord('then', form);
  const then = on.part(form);
  cursor.needsWord('else', form);
  const otherwise = on.part(form);
  return { kind: 'if', condition, then, otherwise, from, to: otherwise.to };
}

function readFor(on: Parsing, from: number): Node {
  const form = 'for … in … return …';
  on.cursor.takesWord('for');
  return on.scoped(() => {
    const sources = readSources(on, form);
    on.cursor.needsWord('return', form);
    on.cursor.names.add('partial');
    const body = on.part(form);
    return { kind: 'for', sources, body, from, to: body.to };
  });
}

function readQuantified(on: Parsing, from: number): Node {
  const form = 'some/every … in … satisfies …';
  const kind = on.cursor.takesWord('some') ? 'some' : 'every';
  if (kind === 'every') on.cursor.takesWord('every');
  return on.scoped(() => {
    const sources = readSources(on, form);
    on.cursor.needsWord('satisfies', form);
    const body = on.part(form);
    return { kind, sources, body, from, to: body.to };
  });
}

function readSources(on: Parsing, form: string): Source[] {
  const cursor = on.cursor;
  const sources: Source[] = [];
  do {
    const at = cursor.at;
    const name = cursor.quotedName() ?? cursor.joinedWords();
    if (name === '') throw cursor.problem(form);
    on.allow(name, at);
    cursor.needsWord('in', form);
    const list = on.part(form);
    sources.push({ name, list, end: cursor.takes('..') ? on.additive() : null });
    cursor.names.add(name);
  } while (cursor.takes(','));
  return sources;
}

function readFunction(on: Parsing, from: number): Node {
  const cursor = on.cursor;
  cursor.takesWord('function');
  cursor.needs('(', 'the parameters of the function in brackets');
  const parameters: Parameter[] = [];
  while (!cursor.sees(')')) {
    const at = cursor.at;
    const name = cursor.quotedName() ?? cursor.joinedWords();
    if (name === '') throw cursor.problem('the name of a parameter');
    on.allow(name, at);
    parameters.push({ name, type: cursor.takes(':') ? parseType(cursor, on.types) : ANY });
    if (!cursor.takes(',')) break;
  }
  cursor.needs(')', 'a closing bracket');
  if (cursor.seesWord('external')) {
    refuse(cursor.text, from, 'External functions are not executed', 'Write the function in FEEL.');
  }
  return on.scoped(() => {
    for (const { name } of parameters) cursor.names.add(name);
    const body = on.part('the body of the function');
    return { kind: 'function', parameters, body, from, to: body.to };
  });
}
