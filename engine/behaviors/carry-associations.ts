import type { JsonValue, VariableMap } from '../json.ts';
import type { Key } from '../key.ts';
import type { DataAssociation } from '../model/association.ts';
import { evaluateValue } from './evaluate-value.ts';
import { assign } from './map-variables.ts';
import { readVariables } from './read-variables.ts';
import type { Run } from './run.ts';

export interface Carrying {
  /** Where the sources are read. */
  readonly scopeKey: Key;
  /** Seen before the variables of the scope. */
  readonly own?: VariableMap;
  /** Where the targets lie; an assignment changes one part of what is there. */
  readonly targetKey: Key;
  /** As said in an incident. */
  readonly what: string;
}

/** What data associations carry, by target (BPMN 2.0.2 §10.4.2): the transformation or copy, then the assignments. */
export function carryAssociations(
  run: Run,
  associations: readonly DataAssociation[],
  { scopeKey, own = {}, targetKey, what }: Carrying,
): VariableMap {
  const values: Record<string, JsonValue> = {};
  const reader = readVariables(run, scopeKey);
  for (const { target, copyOf, transformation, assignments } of associations) {
    const evaluated = (expression: NonNullable<typeof transformation>, to: string) =>
      evaluateValue(run, {
        expression,
        scopeKey,
        purpose: `${what} to "${to}"`,
        incident: 'IO_MAPPING_ERROR',
        extra: own,
      });
    if (copyOf !== undefined) values[target] = own[copyOf] ?? reader.get(copyOf) ?? null;
    if (transformation !== undefined) values[target] = evaluated(transformation, target);
    values[target] ??= assignments.length === 0 ? null : (readVariables(run, targetKey).get(target) ?? null);
    for (const { source, target: path } of assignments) assign(values, path.split('.'), evaluated(source, path));
  }
  return values;
}
