import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { ANY } from '../values/feel-type.ts';
import { FeelFunction, type FeelValue } from '../values/feel-value.ts';

/** A function of an expression; `captured` are the locals it saw when it was made. */
export class CapturingFunction extends FeelFunction {
  readonly captured: FeelValue[];
  constructor(captured: FeelValue[], options: ConstructorParameters<typeof FeelFunction>[0]) {
    super(options);
    this.captured = captured;
  }
}

export function compileFunction(on: Compilation, { parameters, body }: Extract<Node, { kind: 'function' }>): Code {
  const mark = on.scope.mark();
  const slotsOf = parameters.map(({ name }) => {
    const slot = on.scope.newSlot();
    on.scope.bind(name, slot);
    return slot;
  });
  const { code, cost } = on.measured(() => on.compile(body));
  on.scope.release(mark);
  return (slots, { scope }) => {
    const captured = slots.slice();
    const fn: FeelFunction = new CapturingFunction(captured, {
      name: 'function',
      parameters,
      result: ANY,
      call: (args, run) => {
        run.spend(cost + captured.length);
        const own = captured.slice();
        for (const [index, slot] of slotsOf.entries()) own[slot] = args[index] ?? null;
        return run.within(scope, () => code(own, run));
      },
    });
    return fn;
  };
}
