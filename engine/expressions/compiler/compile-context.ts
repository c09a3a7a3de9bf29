import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import { CapturingFunction } from './compile-function.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { newContext } from '../values/feel-value.ts';

export function compileContext(on: Compilation, { entries }: Extract<Node, { kind: 'context' }>): Code {
  const mark = on.scope.mark();
  const duplicate = new Set(entries.map(({ key }) => key)).size < entries.length;
  const compiled = entries.map(({ key, value }) => {
    const slot = on.scope.newSlot();
    // A function may call itself by its entry's name.
    if (value.kind === 'function') on.scope.bind(key, slot);
    const code = on.compile(value);
    if (value.kind !== 'function') on.scope.bind(key, slot);
    return { key, slot, code };
  });
  on.scope.release(mark);
  const from = entries[0]?.value.from ?? 0;
  return (slots, run) => {
    run.spend(entries.length);
    if (duplicate) return run.fail('The names of entries in a context must differ.', { from, to: from });
    const context = newContext();
    for (const { key, slot, code } of compiled) {
      const value = code(slots, run);
      slots[slot] = value;
      if (value instanceof CapturingFunction) value.captured[slot] ??= value;
      context[key] = value;
    }
    return context;
  };
}
