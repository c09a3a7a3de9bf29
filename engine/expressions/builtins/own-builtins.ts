import { ownFunctions } from '../own-functions.ts';
import { ANY } from '../values/feel-type.ts';
import { FeelFunction, type FeelValue } from '../values/feel-value.ts';
import { define } from './define.ts';

/** Our functions as their signatures declare them, for editors and pages. */
export const ownSignatures: ReadonlyMap<string, FeelFunction> = new Map(
  [...ownFunctions].map(([name, { signature }]) => [name, define(name, signature, () => null)]),
);

/** Our functions as they are called: any argument may be anything or missing, the function itself says what it expected. */
export const ownBuiltins: readonly FeelFunction[] = [...ownFunctions.values()].map(({ name, call }) => {
  const { parameters, result } = ownSignatures.get(name)!;
  return new FeelFunction({
    name,
    parameters: parameters.map((parameter) => ({ name: parameter.name, type: ANY, optional: true })),
    result,
    builtin: true,
    call: (args, run) => {
      run.spend(1);
      return (call(args, run.scope, (work) => run.spend(work)) ?? null) as FeelValue;
    },
  });
});
