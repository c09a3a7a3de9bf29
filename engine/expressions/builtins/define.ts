import { ANY, builtinType, type FeelType } from '../values/feel-type.ts';
import type { FeelRun } from '../compiler/feel-run.ts';
import { FeelFunction, type FeelParameter, type FeelValue } from '../values/feel-value.ts';

type Call = (args: readonly FeelValue[], run: FeelRun) => FeelValue;

/**
 * A built-in function. `signature` lists parameters as `name: type` and after an arrow the type of the result, which the code
 * keeps to and nobody checks again; a `?` after the name makes one optional and `...` before the last lets several follow.
 * Arguments left out arrive as `undefined`, hence `args[n] ?? null` where it matters.
 */
export function define(name: string, signature: string, call: Call): FeelFunction {
  const variadic = signature.includes('...');
  const [taken = '', given = 'Any'] = signature.split('->');
  const parameters = taken.split(',').flatMap((part): FeelParameter[] => {
    const [head = '', type = 'Any'] = part.split(':').map((text) => text.trim());
    if (head === '') return [];
    return [{ name: head.replace(/^\.\.\.|\?$/g, ''), type: typeOf(type), optional: head.endsWith('?') }];
  });
  return new FeelFunction({
    name,
    parameters,
    result: typeOf(given.trim()),
    builtin: true,
    variadic,
    call: call as FeelFunction['call'],
  });
}

/** One name, several signatures; the first that fits is called. */
export function overload(...functions: readonly FeelFunction[]): FeelFunction {
  const [first] = functions as readonly [FeelFunction, ...FeelFunction[]];
  return new FeelFunction({
    name: first.name,
    parameters: first.parameters,
    result: functions.every(({ result }) => result.kind === first.result.kind) ? first.result : ANY,
    builtin: true,
    overloads: functions,
    call: () => null,
  });
}

function typeOf(name: string): FeelType {
  const list = /^list<(.*)>$/.exec(name);
  if (list !== null) return { kind: 'list', of: typeOf(list[1]!) };
  return builtinType(name) ?? ANY;
}
