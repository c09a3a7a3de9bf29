import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import type { Node, Parameter } from '../syntax/syntax-tree.ts';
import { ANY, builtinType, type FeelType } from '../values/feel-type.ts';
import { kindName } from '../values/kind-name.ts';
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
  const result = resultOf(body, parameters);
  const slotsOf = parameters.map(({ name }) => {
    const slot = on.scope.newSlot();
    on.scope.bind(name, slot);
    return slot;
  });
  const { code, cost } = on.measured(() => on.compile(body));
  on.scope.release(mark);
  return (slots, run) => {
    const { scope } = run;
    run.spend(10 + slots.length);
    const captured = slots.slice();
    const fn: FeelFunction = new CapturingFunction(captured, {
      name: 'function',
      parameters,
      result,
      call: (args, inner) => {
        inner.spend(cost + captured.length);
        const own = captured.slice();
        for (const [index, slot] of slotsOf.entries()) own[slot] = args[index] ?? null;
        return inner.within(scope, () => code(own, inner));
      },
    });
    return fn;
  };
}

/** What is plain to see of a function's result, for `instance of function<…> -> string` (DMN 1.5 §10.3.2.9.1). */
function resultOf(body: Node, parameters: readonly Parameter[]): FeelType {
  if (body.kind === 'name') return parameters.find(({ name }) => name === body.name)?.type ?? ANY;
  return body.kind === 'literal' && body.value !== null ? (builtinType(kindName(body.value)) ?? ANY) : ANY;
}
