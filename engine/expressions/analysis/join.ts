import { unite } from './interval.ts';
import {
  alternativesOf,
  type Alternative,
  type ContextAlternative,
  type Entry,
  type StaticType,
} from './static-type.ts';

/** More literals or intervals than this are no enumeration that somebody wrote. */
const VALUE_LIMIT = 200;

/** A value of one of the types. */
export function join(...types: readonly StaticType[]): StaticType {
  return types.reduce<StaticType>((joined, next) => {
    if (joined === 'any' || next === 'any') return 'any';
    if (joined === next || next.length === 0) return joined;
    return next.reduce((all: readonly Alternative[], one) => {
      const same = all.find(({ kind }) => kind === one.kind);
      return same === undefined ? [...all, one] : all.map((known) => (known === same ? joinSame(same, one) : known));
    }, joined);
  }, []);
}

function joinSame(a: Alternative, b: Alternative): Alternative {
  if (a === b) return a;
  if ('values' in a && 'values' in b) return { kind: 'boolean', values: [...new Set([...a.values, ...b.values])] };
  if ('literals' in a && 'literals' in b) {
    const all = a.literals === null || b.literals === null ? null : [...new Set([...a.literals, ...b.literals])];
    return { kind: 'string', literals: all !== null && all.length <= VALUE_LIMIT ? all : null };
  }
  if ('within' in a && 'within' in b) {
    const all = a.within === null || b.within === null ? null : unite([...a.within, ...b.within]);
    return { kind: a.kind, within: all !== null && all.length <= VALUE_LIMIT ? all : null };
  }
  if ('of' in a && 'of' in b) return { kind: a.kind, of: join(a.of, b.of) };
  if ('entries' in a && 'entries' in b) return joinContexts(a, b);
  return a.kind === 'function' ? { kind: 'function', signature: null } : a;
}

function joinContexts(a: ContextAlternative, b: ContextAlternative): ContextAlternative {
  const entries = new Map<string, Entry>();
  for (const name of new Set([...a.entries.keys(), ...b.entries.keys()])) {
    const [one, other] = [entryIn(a, name), entryIn(b, name)];
    entries.set(name, {
      type: join(one.type, other.type),
      ...(one.optional === true || other.optional === true ? { optional: true } : {}),
    });
  }
  return { kind: 'context', entries, open: a.open || b.open };
}

function entryIn({ entries, open }: ContextAlternative, name: string): Entry {
  return entries.get(name) ?? { type: open ? 'any' : [], optional: true };
}

/** The same kinds with nothing said about their values. */
export function widen(type: StaticType): StaticType {
  if (type === 'any') return type;
  return alternativesOf(type).map((one): Alternative => {
    if ('values' in one) return { kind: 'boolean', values: [true, false] };
    if ('literals' in one) return { kind: 'string', literals: null };
    if ('within' in one) return { kind: one.kind, within: null };
    if ('of' in one) return { kind: one.kind, of: widen(one.of) };
    if ('entries' in one) {
      const entries = [...one.entries].map(([name, entry]) => [name, { ...entry, type: widen(entry.type) }] as const);
      return { ...one, entries: new Map(entries) };
    }
    return one;
  });
}
