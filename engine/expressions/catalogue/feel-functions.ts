import type { JsonValue } from '../../json.ts';
import { builtins } from '../builtins/builtins.ts';
import { ownSignatures } from '../builtins/own-builtins.ts';
import { typeText } from '../values/feel-type.ts';
import type { FeelFunction } from '../values/feel-value.ts';
import { moneyRows, requisiteRows, workingTimeRows } from './business-rows.ts';
import type { CatalogueRow } from './catalogue-row.ts';
import { contextRows, listRows, logicRows } from './list-rows.ts';
import { numberRows } from './number-rows.ts';
import { rangeRows, temporalRows } from './temporal-rows.ts';
import { textRows } from './text-rows.ts';

export type FeelFunctionGroup =
  'number' | 'text' | 'list' | 'context' | 'logic' | 'temporal' | 'range' | 'working time' | 'money' | 'requisites';

/** One function as editors complete it and pages document it. */
export interface FeelFunctionDescription {
  readonly name: string;
  readonly group: FeelFunctionGroup;
  /** In which ways it may be called. */
  readonly signatures: readonly FeelSignature[];
  readonly description: { readonly en: string; readonly ru: string };
  readonly example: { readonly expression: string; readonly result: JsonValue };
}

export interface FeelSignature {
  readonly parameters: readonly {
    readonly name: string;
    /** As FEEL writes types: `number`, `list<string>`. */
    readonly type: string;
    readonly optional: boolean;
    /** Several values may follow. */
    readonly repeated: boolean;
  }[];
  readonly result: string;
}

const GROUPS: readonly (readonly [FeelFunctionGroup, readonly CatalogueRow[]])[] = [
  ['number', numberRows],
  ['text', textRows],
  ['list', listRows],
  ['context', contextRows],
  ['logic', logicRows],
  ['temporal', temporalRows],
  ['range', rangeRows],
  ['working time', workingTimeRows],
  ['money', moneyRows],
  ['requisites', requisiteRows],
];

/** Every function that an expression may call by name: DMN 1.5 §10.3.4, Camunda 8 and ours, by group. */
export const feelFunctions: readonly FeelFunctionDescription[] = GROUPS.flatMap(([group, rows]) =>
  rows.map(([name, en, ru, expression, result]) => ({
    name,
    group,
    signatures: signaturesOf(name),
    description: { en, ru },
    example: { expression, result },
  })),
);

function signaturesOf(name: string): readonly FeelSignature[] {
  const fn = ownSignatures.get(name) ?? builtins.get(name);
  if (fn === undefined) throw new Error(`Expected a registered function, but the catalogue names <${name}>`);
  return (fn.overloads ?? [fn]).map(signatureOf);
}

function signatureOf({ parameters, variadic, result }: FeelFunction): FeelSignature {
  return {
    parameters: parameters.map(({ name, type, optional }, index) => ({
      name,
      type: typeText(type),
      optional: optional ?? false,
      repeated: variadic && index === parameters.length - 1,
    })),
    result: typeText(result),
  };
}

/** A signature as one line: `substring(string: string, start position: number, length?: number) → string`. */
export function signatureText(name: string, { parameters, result }: FeelSignature): string {
  const texts = parameters.map((one) => `${one.repeated ? '…' : ''}${one.name}${one.optional ? '?' : ''}: ${one.type}`);
  return `${name}(${texts.join(', ')}) → ${result}`;
}
