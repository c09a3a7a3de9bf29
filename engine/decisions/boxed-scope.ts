import type { DmnElement } from 'dmn-moddle';
import type { NameShape } from '../expressions/compile.ts';
import { compileFeel, compileUnaryTests, type Expression } from '../expressions/expression.ts';
import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { ANY, type FeelType } from '../expressions/values/feel-type.ts';
import { textOf } from './dmn-element.ts';
import type { ItemTypes } from './item-types.ts';

/** Reports a problem of an element. */
export type AddProblem = (element: DmnElement, code: string, message: string, remedy: string) => void;

export interface BoxedScope {
  /** The decision or knowledge model, for messages. */
  readonly owner: DmnElement;
  readonly names: NameShape;
  readonly members: readonly string[];
  readonly types: ItemTypes;
  readonly add: AddProblem;
}

export function typeOf(element: DmnElement | undefined, { types }: BoxedScope): FeelType {
  const typeRef = textOf(element, 'typeRef');
  return typeRef === '' ? ANY : types.of(typeRef);
}

/** Compiles FEEL; a syntax error is reported at the element, or at the owner when it has no id. */
export function compileTextOf(holder: DmnElement, text: string, scope: BoxedScope): Expression | undefined {
  return report(holder, scope, (options) => compileFeel(text, options));
}

export function compileTestsOf(holder: DmnElement, text: string, scope: BoxedScope): Expression | undefined {
  return report(holder, scope, (options) => compileUnaryTests(text, options));
}

function report<Result>(
  holder: DmnElement,
  { owner, names, members, types, add }: BoxedScope,
  compile: (options: Parameters<typeof compileFeel>[1]) => Result,
): Result | undefined {
  const place = holder.id === undefined ? owner : holder;
  const language = textOf(holder, 'expressionLanguage');
  if (language !== '' && !/feel/i.test(language)) {
    add(place, 'unsupported-language', `The expression language <${language}> is not executed.`, 'Use FEEL.');
    return undefined;
  }
  try {
    return compile({ shape: names, members, types: types.all() });
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    add(place, 'invalid-expression', error.message, error.remedy);
    return undefined;
  }
}
