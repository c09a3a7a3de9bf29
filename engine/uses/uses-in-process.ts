import { variablesOf } from '../expressions/expression.ts';
import { expressionsOf } from '../lint/feel/expressions-of.ts';
import type { ProcessModel } from '../model/process-model.ts';
import type { VariableUse } from './variable-use.ts';

/** Where a process reads one of these variables: conditions, mappings, deadlines, assignments, scripts. */
export function usesInProcess(process: ProcessModel, names: ReadonlySet<string>): readonly VariableUse[] {
  return expressionsOf(process).flatMap(({ owner, expression }) =>
    variablesOf(expression)
      .filter((variable) => names.has(variable))
      .map((variable): VariableUse => ({
        kind: 'process',
        id: process.processId,
        name: process.name || process.processId,
        elementId: owner.id,
        elementName: owner.name,
        variable,
        text: expression.text,
      })),
  );
}
