import { ExpressionSyntaxError } from '../expression-syntax-error.ts';
import { kindName } from '../values/kind-name.ts';
import { closestName } from './closest-name.ts';
import type { Code } from './code.ts';
import type { Compilation } from './compilation.ts';
import { type GivenArgument, invoke } from './invoke.ts';
import { memberOf } from './members.ts';
import type { Argument, Node } from '../syntax/syntax-tree.ts';
import { FeelFunction } from '../values/feel-value.ts';

/** Functions whose first argument may be missing: that is what they ask about. */
const ASKS_WHETHER_MISSING: ReadonlySet<string> = new Set(['is defined', 'get or else']);

export function compileCall(on: Compilation, node: Extract<Node, { kind: 'call' }>): Code {
  const { callee, args } = node;
  if (callee.kind === 'name') {
    const { elements, slot } = on.scope.resolve(callee.name);
    const isLocal = slot !== null || on.target.declared.has(callee.name);
    if (!isLocal && callee.name === 'is defined' && args.length === 1) return compileIsDefined(on, args[0]!.value);
    const builtin = isLocal ? undefined : on.target.builtins.get(callee.name);
    if (builtin !== undefined) return callOf(on, () => builtin, node, callee.name);
    if (!isLocal && elements.length === 0) refuseUnknown(on, callee.name, callee.from);
  }
  return callOf(on, on.compile(callee), node, null);
}

function refuseUnknown(on: Compilation, name: string, at: number): never {
  const close = closestName(name, on.target.builtins.keys());
  const remedy = close === null ? 'Write the name of a FEEL function.' : `Did you mean <${close}>?`;
  throw new ExpressionSyntaxError({
    expression: on.target.text,
    at,
    expected: `Unknown function <${name}>`,
    remedy,
    unknownFunction: { name, suggestion: close },
  });
}

function callOf(on: Compilation, callee: Code, node: Extract<Node, { kind: 'call' }>, builtin: string | null): Code {
  const place = { from: node.from, to: node.to };
  const values = node.args.map((argument, index) => compileArgument(on, argument, index, builtin));
  const { args } = node;
  return (slots, run) => {
    const fn = callee(slots, run);
    run.spend(8); // a call takes about as long as eight other nodes
    if (!(fn instanceof FeelFunction)) {
      return run.fail(`Cannot invoke '${kindName(fn)}': it is not a function.`, place);
    }
    const given: GivenArgument[] = values.map((value, index) => ({
      name: args[index]!.name,
      value: value(slots, run),
    }));
    return invoke(fn, given, run, place);
  };
}

function compileArgument(on: Compilation, { value }: Argument, index: number, builtin: string | null): Code {
  const asks = index === 0 && builtin !== null && ASKS_WHETHER_MISSING.has(builtin);
  return asks ? on.compileQuietly(value) : on.compile(value);
}

/** `is defined(a.b)`: whether the variable or entry exists; a stored null does. Other arguments count unless null. */
function compileIsDefined(on: Compilation, node: Node): Code {
  if (node.kind === 'name') {
    const { elements, slot } = on.scope.resolve(node.name);
    if (slot === null && !on.variables.has(node.name)) {
      on.variables.set(node.name, { from: node.from, to: node.to });
    }
    return (slots, run) =>
      slot !== null ||
      elements.some((element) => memberOf(slots[element]!, node.name) !== undefined) ||
      run.scope.variables.get(node.name) !== undefined;
  }
  const code = on.compileQuietly(node.kind === 'path' ? node.target : node);
  if (node.kind !== 'path') return (slots, run) => code(slots, run) !== null;
  return (slots, run) => memberOf(code(slots, run), node.name) !== undefined;
}
