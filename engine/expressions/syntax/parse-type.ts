import { ANY, builtinType, type FeelType } from '../values/feel-type.ts';
import type { Cursor } from './cursor.ts';
import { KnownNames } from './known-names.ts';

const BUILTIN_NAMES = [
  'days and time duration',
  'years and months duration',
  'date and time',
  'number',
  'string',
  'boolean',
  'date',
  'time',
  'Any',
  'Null',
  'list',
  'context',
  'function',
  'range',
];

/** Types named in an expression: built in, or item definitions by name (`ns.Type` for imported ones). */
export type TypeLookup = ReadonlyMap<string, FeelType>;

/** A type after `instance of` or a parameter's colon (DMN 1.5 grammar rule 52). */
export function parseType(cursor: Cursor, types: TypeLookup): FeelType {
  const known = new KnownNames([...BUILTIN_NAMES, ...types.keys()]).match(cursor.text, cursor.at);
  if (known === null) throw cursor.problem('the name of a type such as number, string or date');
  cursor.at = known.to;
  cursor.blank();
  const { name } = known;
  if (cursor.sees('<')) {
    if (name === 'list' || name === 'range') {
      cursor.takes('<');
      const of = parseType(cursor, types);
      cursor.needs('>', 'a closing >');
      return { kind: name, of };
    }
    if (name === 'context') return contextType(cursor, types);
    if (name === 'function') return functionType(cursor, types);
  }
  return types.get(name) ?? builtinType(name) ?? ANY;
}

function contextType(cursor: Cursor, types: TypeLookup): FeelType {
  const entries = new Map<string, FeelType>();
  cursor.takes('<');
  while (!cursor.sees('>')) {
    const name = cursor.joinedWords('any');
    if (name === '') throw cursor.problem('the name of an entry');
    cursor.needs(':', 'a colon and a type');
    entries.set(name, parseType(cursor, types));
    if (!cursor.takes(',')) break;
  }
  cursor.needs('>', 'a closing >');
  return { kind: 'context', entries };
}

function functionType(cursor: Cursor, types: TypeLookup): FeelType {
  const parameters: FeelType[] = [];
  cursor.takes('<');
  while (!cursor.sees('>')) {
    parameters.push(parseType(cursor, types));
    if (!cursor.takes(',')) break;
  }
  cursor.needs('>', 'a closing >');
  cursor.needs('->', 'an arrow -> and the type of the result');
  return { kind: 'function', parameters, result: parseType(cursor, types) };
}
