import type { DecisionModel } from '../decisions/decision-model.ts';
import { variablesOf } from '../expressions/expression.ts';
import { expressionsIn } from '../lint/feel/expressions-of.ts';
import type { VariableUse } from './variable-use.ts';

/** Expressions of a decision that read one of these, and input data called so. */
export function usesInDecision(decision: DecisionModel, names: ReadonlySet<string>): readonly VariableUse[] {
  const use = (variable: string, text: string): VariableUse => ({
    kind: 'decision',
    id: decision.decisionId,
    name: decision.name,
    elementId: '',
    elementName: '',
    variable,
    text,
  });
  const read = expressionsIn(decision.logic).flatMap((expression) =>
    variablesOf(expression)
      .filter((variable) => names.has(variable))
      .map((variable) => use(variable, expression.text)),
  );
  const required = new Set(decision.requirements.map(({ key }) => key));
  const inputs = [...decision.graph.values()].flatMap((element) =>
    element.kind === 'input' && required.has(element.key) && names.has(element.name)
      ? [use(element.name, element.name)]
      : [],
  );
  const told = new Set(read.map(({ variable }) => variable));
  return [...read, ...inputs.filter(({ variable }) => !told.has(variable))];
}
