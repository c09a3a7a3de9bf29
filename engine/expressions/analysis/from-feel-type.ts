import type { FeelType } from '../values/feel-type.ts';
import { narrowed } from './cell-values.ts';
import { join } from './join.ts';
import { alternativesOf, NULL_TYPE, type Entry, type StaticType } from './static-type.ts';

/** Types may refer to each other; below this depth nothing is said. */
const DEPTH_LIMIT = 12;

/** A declared type (DMN item definition, parameter) as what its values may be; null belongs to every one. */
export function fromFeelType(type: FeelType, depth = 0): StaticType {
  if (depth > DEPTH_LIMIT) return 'any';
  switch (type.kind) {
    case 'any':
      return 'any';
    case 'null':
      return NULL_TYPE;
    case 'list':
    case 'range':
      return join([{ kind: type.kind, of: fromFeelType(type.of, depth + 1) }], NULL_TYPE);
    case 'function':
      return join([{ kind: 'function', signature: null }], NULL_TYPE);
    case 'context': {
      const entries = [...(type.entries ?? [])].map(([name, entry]): [string, Entry] => [
        name,
        { type: fromFeelType(entry, depth + 1) },
      ]);
      // More entries than declared are admitted (§10.3.2.9.3), but nobody who declares the others means to read them.
      return join([{ kind: 'context', entries: new Map(entries), open: type.entries === null }], NULL_TYPE);
    }
    case 'constrained': {
      const base = fromFeelType(type.base, depth);
      return join(narrowed(base, type.allowedText), NULL_TYPE);
    }
    default:
      return join(
        alternativesOf('any').filter(({ kind }) => kind === type.kind),
        NULL_TYPE,
      );
  }
}
