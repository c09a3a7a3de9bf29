import { ownFunctions } from '../own-functions.ts';
import { ANY } from '../values/feel-type.ts';
import { FeelFunction, type FeelValue } from '../values/feel-value.ts';
import { define } from './define.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { rangeFunctions } from './ranges.ts';
import { stringFunctions } from './strings.ts';
import { temporalFunctions } from './temporals.ts';

const not = define('not', 'negand: Any', ([value]) => (typeof value === 'boolean' ? !value : null));

const own = [...ownFunctions.values()].map(
  ({ name, parameters, call }) =>
    new FeelFunction({
      name,
      parameters: parameters.map((parameter) => ({ name: parameter, type: ANY, optional: true })),
      result: ANY,
      call: (args, run) => {
        run.spend(1);
        return (call(args, run.scope) ?? null) as FeelValue;
      },
    }),
);

/** Every function an expression may call by name: those of DMN 1.5 §10.3.4 and ours. */
export const builtins: ReadonlyMap<string, FeelFunction> = new Map(
  [...numberFunctions, ...stringFunctions, ...listFunctions, ...temporalFunctions, ...rangeFunctions, not, ...own].map(
    (fn) => [fn.name, fn],
  ),
);
