import { builtins } from '../builtins/builtins.ts';
import type { Node } from '../syntax/syntax-tree.ts';
import { FeelFunction } from '../values/feel-value.ts';
import { amongTypes } from './among-types.ts';
import { builtinResult } from './builtin-results.ts';
import { fitArguments, type Overload } from './fit-arguments.ts';
import { elementOf } from './element-of.ts';
import { fromFeelType } from './from-feel-type.ts';
import { reportTest } from './infer-test.ts';
import { keyOf } from './infer-path.ts';
import { plain, type Inference, type Inferred } from './inference.ts';
import { join } from './join.ts';
import { alternativesOf, BOOLEAN_TYPE, isOnlyNull, NULL_TYPE, type StaticType } from './static-type.ts';
import { NO_FACTS, type TypeEnv } from './type-env.ts';

type Call = Extract<Node, { kind: 'call' }>;

export function inferCall(node: Call, env: TypeEnv, inference: Inference): Inferred {
  const builtin = builtinOf(node, env, inference);
  const args = node.args.map(({ value }) => inference.infer(value, env));
  const types = args.map(({ type }) => type);
  if (builtin === undefined) return plain(valueCall(node, env, types, inference));
  const { name } = builtin;
  if (name === 'is defined') return plain(BOOLEAN_TYPE);
  const fit = fitArguments(builtin.overloads ?? [builtin], node.args, types);
  if (!fit.ok) {
    reportArguments(node, types, { name, ...fit }, inference);
    return plain(NULL_TYPE);
  }
  const [first] = args;
  if (name === 'not' && first !== undefined) return negated(first);
  const result = plain(builtinResult(name, fit));
  const [list, element] = fit.arranged;
  if (name === 'list contains' && list !== undefined && element !== undefined) {
    return containsFacts(node, { list, element }, result, inference);
  }
  return result;
}

/** As the compiler: a local or declared name hides a function. */
function builtinOf({ callee }: Call, env: TypeEnv, { declared }: Inference): FeelFunction | undefined {
  if (callee.kind !== 'name' || env.resolve(callee.name).local !== null || declared.has(callee.name)) return undefined;
  return builtins.get(callee.name);
}

function negated({ type, whenTrue, whenFalse }: Inferred): Inferred {
  const values = alternativesOf(type).flatMap((one) => ('values' in one ? one.values.map((value) => !value) : []));
  const isSure = type !== 'any' && type.every(({ kind }) => kind === 'boolean');
  const boolean: StaticType = values.length === 0 ? [] : [{ kind: 'boolean', values }];
  return { type: isSure ? boolean : join(boolean, NULL_TYPE), whenTrue: whenFalse, whenFalse: whenTrue };
}

/** `list contains(["a", "b"], x)` says the same of `x` as `x in ("a", "b")`. */
function containsFacts(
  node: Call,
  { list, element }: { readonly list: StaticType; readonly element: StaticType },
  result: Inferred,
  inference: Inference,
): Inferred {
  const value = node.args.find(({ name }, index) => (name === null ? index === 1 : name === 'element'))!.value;
  const items = enumeratedItems(list);
  if (items === null) return result;
  const match = amongTypes(element, items);
  reportTest(node, element, match, inference);
  const key = keyOf(value);
  const known = key !== null && match.admitted !== 'any';
  return { ...result, whenTrue: known ? new Map([[key, match.admitted]]) : NO_FACTS };
}

/** The items of a list of plain values; null where more may be in it, or where an item has parts. */
function enumeratedItems(list: StaticType): StaticType | null {
  if (list === 'any' || list.length === 0 || list.some(({ kind }) => kind !== 'list')) return null;
  const items = elementOf(list);
  if (items === 'any' || items.length === 0) return null;
  return items.some(({ kind }) => kind === 'range' || kind === 'list') ? null : items;
}

/** A call of a function that is a value: a local, a variable, an entry. */
function valueCall(node: Call, env: TypeEnv, types: readonly StaticType[], inference: Inference): StaticType {
  const { type } = inference.infer(node.callee, env);
  if (type === 'any' || type.length === 0) return 'any';
  const fn = type.find((one) => one.kind === 'function');
  if (fn === undefined) {
    if (!isOnlyNull(type)) inference.report('not-a-function', node.callee, { types: [type] });
    return NULL_TYPE;
  }
  if (fn.kind !== 'function' || fn.signature === null) return 'any';
  const { parameters, result } = fn.signature;
  const overload: Overload = { parameters, variadic: false };
  const fit = fitArguments([overload], node.args, types);
  if (fit.ok) return join(result, NULL_TYPE);
  const name = inference.text.slice(node.callee.from, node.callee.to).trim();
  reportArguments(node, types, { name, ...fit }, inference);
  return NULL_TYPE;
}

interface Misfit {
  readonly name: string;
  readonly argument: number | null;
  readonly parameter: Overload['parameters'][number] | null;
}

function reportArguments(
  node: Call,
  types: readonly StaticType[],
  { name, argument, parameter }: Misfit,
  inference: Inference,
): void {
  if (argument === null || parameter === null) {
    inference.report('wrong-arguments', node, { subject: name });
    return;
  }
  inference.report('wrong-arguments', node.args[argument]!.value, {
    types: [types[argument]!, fromFeelType(parameter.type)],
    subject: name,
    suggestion: parameter.name,
  });
}
