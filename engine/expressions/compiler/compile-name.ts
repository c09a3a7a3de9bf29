import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { FeelRun, Place } from './feel-run.ts';
import { memberOf } from './members.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { entryOf, type FeelValue, isContext, isList } from '../values/feel-value.ts';
import { kindName } from '../values/kind-name.ts';

export function compileName(on: Compilation, name: string, place: Place): Code {
  const { elements, slot } = on.scope.resolve(name);
  const outer = slot === null ? compileVariable(on, name, place) : (slots: FeelValue[]) => slots[slot] ?? null;
  if (elements.length === 0) return outer;
  return (slots, run) => {
    for (const element of elements) {
      const value = slots[element]!;
      const own = isContext(value)
        ? entryOf(value, name)
        : value === null || typeof value !== 'object'
          ? undefined
          : memberIn(value, name);
      if (own !== undefined) return own;
    }
    return outer(slots, run);
  };
}

function compileVariable(on: Compilation, name: string, place: Place): Code {
  const builtin = on.target.declared.has(name) ? undefined : on.target.builtins.get(name);
  if (!on.variables.has(name)) on.variables.set(name, { from: place.from, to: place.to });
  const quiet = on.quiet;
  return (_slots, run) => {
    const value = run.scope.variables.get(name) as FeelValue | undefined;
    if (value !== undefined) return value;
    if (builtin !== undefined) return builtin;
    return quiet ? null : run.warn(`Variable '${name}' not found`, place);
  };
}

export function compilePath(on: Compilation, { target, name, from, to }: Extract<Node, { kind: 'path' }>): Code {
  const of = on.compile(target);
  const place = { from, to };
  const quiet = on.quiet;
  const step = (value: FeelValue, run: FeelRun): FeelValue => {
    const member = memberOf(value, name);
    if (member !== undefined) return member;
    if (value === null || quiet) return null;
    return run.warn(`Property '${name}' not found in ${kindName(value)}`, place);
  };
  return (slots, run) => {
    const value = of(slots, run);
    if (!isList(value)) return step(value, run);
    run.spend(value.length);
    return value.map((item) => step(item, run));
  };
}

function memberIn(value: FeelValue, name: string): FeelValue | undefined {
  return isList(value) ? undefined : memberOf(value, name);
}
