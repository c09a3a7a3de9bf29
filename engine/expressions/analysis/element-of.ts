import { join } from './join.ts';
import type { StaticType } from './static-type.ts';

/** What a list of the type holds; what is no list stands for itself. */
export function elementOf(source: StaticType): StaticType {
  if (source === 'any') return source;
  return join(...source.flatMap((one) => (one.kind === 'null' ? [] : one.kind === 'list' ? [one.of] : [[one]])));
}
