import { fromFeelType } from '../../expressions/analysis/from-feel-type.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import { join } from '../../expressions/analysis/join.ts';
import { meet } from '../../expressions/analysis/meet.ts';
import {
  listType,
  NULL_TYPE,
  NUMBER_TYPE,
  type Entry,
  type StaticType,
} from '../../expressions/analysis/static-type.ts';
import type { VariableTypes } from '../../expressions/analysis/type-env.ts';
import type { BoxedLogic, DecisionModel, DecisionTable, OutputClause } from '../../decisions/decision-model.ts';

/** Requirements are no cycle, but a wide graph asks for the same decision on many ways. */
const known = new WeakMap<DecisionModel, StaticType>();

/** What a decision gives, null too: by its declared type, and by its logic where that says more. */
export function decisionType(decision: DecisionModel): StaticType {
  let type = known.get(decision);
  if (type === undefined) {
    const declared = fromFeelType(decision.resultType);
    const inferred = logicType(decision.logic, requiredTypes(decision));
    const narrowed = meet(declared, join(inferred, NULL_TYPE));
    type = narrowed.length <= 1 && declared !== 'any' ? declared : narrowed;
    known.set(decision, type);
  }
  return type;
}

/** Types of the names that the logic of a decision sees. */
export function requiredTypes({ requirements, graph }: DecisionModel): VariableTypes {
  const types = new Map<string, StaticType>();
  for (const { names, key, within } of requirements) {
    const element = graph.get(key);
    if (within !== null || element === undefined) continue;
    const type =
      element.kind === 'input'
        ? fromFeelType(element.type)
        : element.kind === 'decision'
          ? decisionType(element)
          : 'any';
    for (const name of names) types.set(name, type);
  }
  return types;
}

function logicType(logic: BoxedLogic, variables: VariableTypes): StaticType {
  if (logic.kind === 'literalExpression') return inferType(logic.expression, variables).type;
  return logic.kind === 'decisionTable' ? tableType(logic, variables) : 'any';
}

function tableType(table: DecisionTable, variables: VariableTypes): StaticType {
  const columns = table.outputs.map((output, column) => columnType(table, output, column, variables));
  const row: StaticType =
    columns.length === 1
      ? columns[0]!
      : [
          {
            kind: 'context',
            entries: new Map(
              table.outputs.map(({ name }, column): [string, Entry] => [name, { type: columns[column]! }]),
            ),
            open: false,
          },
        ];
  switch (table.hitPolicy) {
    case 'UNIQUE':
    case 'ANY':
    case 'PRIORITY':
    case 'FIRST':
      return row;
    case 'RULE ORDER':
    case 'OUTPUT ORDER':
      return listType(row);
    case 'COLLECT':
      if (table.aggregation === null) return listType(row);
      return table.aggregation === 'COUNT' ? NUMBER_TYPE : 'any';
  }
}

/** The entries of a column, or its default; with a declared type they are brought to it. */
function columnType(table: DecisionTable, output: OutputClause, column: number, variables: VariableTypes): StaticType {
  const entries = table.rules.map(({ outputEntries }) => inferType(outputEntries[column]!, variables).type);
  const fallback = output.defaultValue === null ? NULL_TYPE : inferType(output.defaultValue, variables).type;
  const inferred = join(...entries, fallback, NULL_TYPE);
  const declared = fromFeelType(output.type);
  const narrowed = meet(declared, inferred);
  return declared === 'any' || narrowed.length > 1 ? narrowed : declared;
}
