import type { DmnElement } from 'dmn-moddle';
import type { CompileOptions } from '../expressions/compile.ts';
import { compileFeel, compileUnaryTests, type Expression } from '../expressions/expression.ts';
import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { compileTable } from './compile-table.ts';
import type { CheckedInput, DecisionModel, LiteralExpression } from './decision-model.ts';
import { childOf, listOf, textOf } from './dmn-element.ts';
import { shapeOfType, type ItemDefinitions } from './type-shape.ts';

/** What compiling one decision needs of its file. `add` reports a problem of an element. */
export interface CompileScope {
  readonly definitions: DmnElement;
  readonly byId: ReadonlyMap<string, DmnElement>;
  readonly itemDefinitions: ItemDefinitions;
  add(element: DmnElement, code: string, message: string, remedy: string): void;
}

/** Compiles texts of one decision, reporting syntax errors at the element that holds them. */
export interface ExpressionCompiler {
  feel(holder: DmnElement, text: string): Expression | undefined;
  tests(holder: DmnElement, text: string, options?: Pick<CompileOptions, 'inputType'>): Expression | undefined;
}

/** A decision of DMN 1.5 §6.3, or undefined when its problems (reported to `scope.add`) leave nothing to run. */
export function compileDecision(decision: DmnElement, scope: CompileScope): DecisionModel | undefined {
  for (const requirement of listOf(decision, 'knowledgeRequirement')) {
    const what = textOf(childOf(requirement, 'requiredKnowledge'), 'href');
    scope.add(
      decision,
      'unsupported-element',
      `Knowledge requirements are not executed: <${what}>.`,
      'Inline its logic.',
    );
  }
  const { requiredDecisions, shape, checkedInputs } = readRequirements(decision, scope);
  const compiler = compilerFor(scope, shape);
  const logic = compileLogic(decision, scope, compiler);
  if (logic === undefined) return undefined;
  return deepFreeze({
    decisionId: decision.id ?? '',
    name: decision.name ?? decision.id ?? '',
    requirementsId: scope.definitions.id ?? '',
    requirementsName: scope.definitions.name ?? '',
    resultNames: resultNamesOf(decision),
    requiredDecisions,
    checkedInputs: checkedInputs.flatMap(({ name, holder, text }) => {
      const allowedValues = compiler.tests(holder, text);
      return allowedValues === undefined ? [] : [{ name, allowedValues }];
    }) satisfies readonly CheckedInput[],
    logic,
  });
}

function compileLogic(
  decision: DmnElement,
  scope: CompileScope,
  compiler: ExpressionCompiler,
): DecisionModel['logic'] | undefined {
  const logic = childOf(decision, 'decisionLogic');
  const id = decision.id ?? '';
  if (logic === undefined) {
    scope.add(decision, 'no-logic', `The decision <${id}> has no logic.`, 'Draw a decision table or an expression.');
    return undefined;
  }
  switch (logic.$type) {
    case 'dmn:DecisionTable':
      return compileTable(decision, logic, { add: scope.add, compiler });
    case 'dmn:LiteralExpression':
      return compileLiteral(decision, logic, compiler);
    default: {
      const what = logic.$type.replace('dmn:', '');
      scope.add(
        decision,
        'unsupported-element',
        `The boxed <${what}> of <${id}> is not executed.`,
        'Use a table or a literal expression.',
      );
      return undefined;
    }
  }
}

function compileLiteral(
  decision: DmnElement,
  logic: DmnElement,
  compiler: ExpressionCompiler,
): LiteralExpression | undefined {
  const holder = logic.id === undefined ? decision : logic;
  const expression = compiler.feel(holder, textOf(logic, 'text'));
  return expression === undefined ? undefined : { kind: 'literalExpression', expression };
}

function compilerFor(scope: CompileScope, shape: NonNullable<CompileOptions['shape']>): ExpressionCompiler {
  const report = <Result>(holder: DmnElement, compile: () => Result): Result | undefined => {
    const language = textOf(holder, 'expressionLanguage');
    if (language !== '' && !/feel/i.test(language)) {
      scope.add(holder, 'unsupported-language', `The expression language <${language}> is not executed.`, 'Use FEEL.');
      return undefined;
    }
    try {
      return compile();
    } catch (error) {
      if (!(error instanceof ExpressionSyntaxError)) throw error;
      scope.add(holder, 'invalid-expression', error.message, error.remedy);
      return undefined;
    }
  };
  return {
    feel: (holder, text) => report(holder, () => compileFeel(text, { shape })),
    tests: (holder, text, options) => report(holder, () => compileUnaryTests(text, { shape, ...options })),
  };
}

/** Information requirements: the decisions to evaluate first, the names the grammar must know, inputs with allowed values. */
function readRequirements(decision: DmnElement, scope: CompileScope) {
  const requiredDecisions: string[] = [];
  const shape: Record<string, NonNullable<CompileOptions['shape']> | null> = {};
  const checkedInputs: { name: string; holder: DmnElement; text: string }[] = [];
  for (const requirement of listOf(decision, 'informationRequirement')) {
    for (const kind of ['requiredDecision', 'requiredInput']) {
      const href = textOf(requirement.get(kind) as DmnElement | undefined, 'href');
      if (href === '') continue;
      const required = href.startsWith('#') ? scope.byId.get(href.slice(1)) : undefined;
      if (required === undefined) {
        scope.add(
          decision,
          'unknown-requirement',
          `The required element <${href}> is not in the file.`,
          'Draw it or remove the arrow.',
        );
        continue;
      }
      const typeRef = textOf(childOf(required, 'variable'), 'typeRef');
      const names = kind === 'requiredDecision' ? resultNamesOf(required) : [variableName(required)];
      for (const name of names) shape[name] = shapeOfType(typeRef, scope.itemDefinitions);
      if (kind === 'requiredDecision') requiredDecisions.push(required.id ?? '');
      const item = scope.itemDefinitions.get(typeRef);
      const allowed = textOf(item?.get('allowedValues') as DmnElement | undefined, 'text');
      if (item !== undefined && allowed !== '' && item.get('isCollection') !== true) {
        checkedInputs.push({ name: names[0]!, holder: required, text: allowed });
      }
    }
  }
  return { requiredDecisions, shape, checkedInputs };
}

function resultNamesOf(decision: DmnElement): readonly string[] {
  return [...new Set([variableName(decision), decision.id ?? ''])];
}

function variableName(element: DmnElement): string {
  const variable = childOf(element, 'variable');
  return variable?.name ?? element.name ?? element.id ?? '';
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
