import { moneyFunctions } from '../functions/money-functions.ts';
import { requisiteFunctions } from '../functions/requisite-functions.ts';
import type { FeelFunction } from '../values/feel-value.ts';
import { contextFunctions } from './contexts.ts';
import { define } from './define.ts';
import { listFunctions } from './lists.ts';
import { numberFunctions } from './numbers.ts';
import { ownBuiltins } from './own-builtins.ts';
import { rangeFunctions } from './ranges.ts';
import { stringFunctions } from './strings.ts';
import { temporalFunctions } from './temporals.ts';

const not = define('not', 'negand: Any -> boolean', ([value]) => (typeof value === 'boolean' ? !value : null));

/** Every function an expression may call by name: those of DMN 1.5 §10.3.4 and ours. */
export const builtins: ReadonlyMap<string, FeelFunction> = new Map(
  [
    ...numberFunctions,
    ...stringFunctions,
    ...listFunctions,
    ...contextFunctions,
    ...temporalFunctions,
    ...rangeFunctions,
    not,
    ...ownBuiltins,
    ...moneyFunctions,
    ...requisiteFunctions,
  ].map((fn) => [fn.name, fn]),
);
