import type { ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { VariableReader } from '../expressions/expression.ts';
import type { Key } from '../key.ts';
import { isActivity, type FlowNode, type VariableMapping } from '../model/process-model.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { NodePlan } from './process-plan.ts';
import { readVariables } from './read-variables.ts';
import type { Run } from './run.ts';
import { propagateVariables, setLocalVariables } from './write-variables.ts';

/**
 * `zeebe:input`: values become local variables of the element. Later mappings see the earlier ones. They are read from
 * around the element, so that a retried activation maps the same values again and not its own results.
 */
export function applyInputMappings(run: Run, node: FlowNode, element: ElementInstance): void {
  if (node.inputMappings.length === 0) return;
  const source = { scopeKey: element.scopeKey ?? element.key, own: ownOfIteration(run, node, element) };
  setLocalVariables(run, element.key, mapped(run, node.inputMappings, { ...source, what: 'the input mapping' }));
}

/**
 * What a finished wait brought. With output mappings or data outputs the values stay local and only the mapped ones leave;
 * without them every value is propagated (Camunda 8 rule).
 */
export function takeResult(run: Run, plan: NodePlan, element: ElementInstance, variables: VariableMap): void {
  if (plan.keepsResults) setLocalVariables(run, element.key, variables);
  else if (element.scopeKey !== null) propagateVariables(run, element.key, variables);
}

/**
 * `zeebe:output`: evaluated in the element's scope, propagated outside it; a dotted target changes one part of what is
 * there. An instance of a multi-instance activity keeps what it has of its own, its result among it (Camunda 8); a pass of
 * a standard loop leaves it to the next.
 */
export function applyOutputMappings(run: Run, node: FlowNode, element: ElementInstance): void {
  if (node.outputMappings.length === 0 || element.scopeKey === null) return;
  const keeps = element.loopIndex !== null && isActivity(node) && node.multiInstance !== undefined;
  const target = keeps ? element.key : element.scopeKey;
  const source = { scopeKey: element.key, own: {}, what: 'the output mapping', mergeInto: readVariables(run, target) };
  propagateVariables(run, target, mapped(run, node.outputMappings, source));
}

interface MappingSource {
  readonly scopeKey: Key;
  /** Seen before the variables of the scope. */
  readonly own: VariableMap;
  readonly what: string;
  readonly mergeInto?: VariableReader;
}

function mapped(run: Run, mappings: readonly VariableMapping[], source: MappingSource): Record<string, JsonValue> {
  const result: Record<string, JsonValue> = {};
  for (const { source: expression, target } of mappings) {
    const value = evaluateValue(run, {
      expression,
      scopeKey: source.scopeKey,
      purpose: `${source.what} to "${target}"`,
      incident: 'IO_MAPPING_ERROR',
      extra: { ...source.own, ...result },
    });
    const path = target.split('.');
    const [name = ''] = path;
    const before = path.length === 1 ? undefined : (result[name] ?? source.mergeInto?.get(name));
    if (before !== undefined) result[name] = before;
    assign(result, path, value);
  }
  return result;
}

/** What an iteration alone has: its item and its number. */
export function ownOfIteration(run: Run, node: FlowNode, element: ElementInstance): VariableMap {
  if (element.loopIndex === null || !isActivity(node)) return {};
  const local = run.draft.variables.get(element.key);
  const names = [node.multiInstance?.inputElement, 'loopCounter'];
  const own = [...(local?.values() ?? [])].filter(({ name }) => names.includes(name));
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

/** Writes one part of a variable, dotted path by dotted path. */
export function assign(into: Record<string, JsonValue>, path: readonly string[], value: JsonValue): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const before = into[name];
  const inner: Record<string, JsonValue> =
    before !== undefined && before !== null && typeof before === 'object' && !Array.isArray(before)
      ? { ...(before as Record<string, JsonValue>) }
      : {};
  assign(inner, rest, value);
  into[name] = inner;
}
