import { join } from './join.ts';
import { meet } from './meet.ts';
import type { StaticType } from './static-type.ts';

/** Types of variables by name; what is absent may be anything. A `Map` is one. */
export interface VariableTypes {
  get(name: string): StaticType | undefined;
}

/** What is known of the values of names and paths, by `keyOf`. */
export type Facts = ReadonlyMap<string, StaticType>;
export const NO_FACTS: Facts = new Map();

type Frame =
  | { readonly kind: 'local'; readonly name: string; readonly type: StaticType }
  /** The element of a filter: its own names come first. */
  | { readonly kind: 'element'; readonly type: StaticType }
  | { readonly kind: 'facts'; readonly facts: Facts };

/** Where a name stands: locals inside out, elements of filters, and what conditions around it say. Never changed. */
export class TypeEnv {
  readonly #frame: Frame | null;
  readonly #outer: TypeEnv | null;

  constructor(frame: Frame | null = null, outer: TypeEnv | null = null) {
    this.#frame = frame;
    this.#outer = outer;
  }

  bind(name: string, type: StaticType): TypeEnv {
    return new TypeEnv({ kind: 'local', name, type }, this);
  }

  enterElement(type: StaticType): TypeEnv {
    return new TypeEnv({ kind: 'element', type }, this);
  }

  assume(facts: Facts): TypeEnv {
    return facts.size === 0 ? this : new TypeEnv({ kind: 'facts', facts }, this);
  }

  /** Elements that may have the name, innermost first, down to the local of that name. */
  resolve(name: string): { readonly elements: readonly StaticType[]; readonly local: StaticType | null } {
    const elements: StaticType[] = [];
    for (const frame of this.#frames()) {
      if (frame.kind === 'element') elements.push(frame.type);
      else if (frame.kind === 'local' && frame.name === name) return { elements, local: frame.type };
    }
    return { elements, local: null };
  }

  /** `type`, as far as the conditions around say more. A binding hides them: a name may mean something else there. */
  narrow(key: string | null, type: StaticType): StaticType {
    if (key === null) return type;
    let narrowed = type;
    for (const frame of this.#frames()) {
      if (frame.kind !== 'facts') break;
      const fact = frame.facts.get(key);
      if (fact !== undefined) narrowed = meet(narrowed, fact);
    }
    // Nothing left: the place is never reached, and nothing is said about what is never reached.
    return narrowed.length === 0 ? type : narrowed;
  }

  *#frames(): Generator<Frame> {
    if (this.#frame !== null) yield this.#frame;
    if (this.#outer !== null) yield* this.#outer.#frames();
  }
}

/** Both hold. */
export function both(a: Facts, b: Facts): Facts {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const all = new Map(a);
  for (const [key, type] of b) all.set(key, meet(all.get(key) ?? 'any', type));
  return all;
}

/** One of them holds: only what both speak of is known. */
export function either(a: Facts, b: Facts): Facts {
  const all = new Map<string, StaticType>();
  for (const [key, type] of a) {
    const other = b.get(key);
    if (other !== undefined) all.set(key, join(type, other));
  }
  return all;
}

/** A name of which they say what cannot be together, or null. */
export function contradiction(a: Facts, b: Facts): string | null {
  for (const [key, type] of a) {
    const other = b.get(key);
    if (other !== undefined && meet(type, other).length === 0 && type.length > 0 && other.length > 0) return key;
  }
  return null;
}
