import type { ElementInstance } from '../instance.ts';
import type { JsonValue, VariableMap } from '../json.ts';
import type { FlowNode, VariableMapping } from '../model/process-model.ts';
import { evaluateValue } from './evaluate-value.ts';
import type { Run } from './run.ts';
import { propagateVariables, setLocalVariables } from './write-variables.ts';

/** `zeebe:input`: values become local variables of the element. Later mappings see the earlier ones. */
export function applyInputMappings(run: Run, node: FlowNode, element: ElementInstance): void {
  if (node.inputMappings.length === 0) return;
  setLocalVariables(run, element.key, mapped(run, node.inputMappings, element, 'the input mapping'));
}

/**
 * What a finished wait brought. With output mappings the values stay local and only the mapped ones leave; without
 * them every value is propagated (Camunda 8 rule).
 */
export function takeResult(run: Run, node: FlowNode, element: ElementInstance, variables: VariableMap): void {
  if (node.outputMappings.length > 0) setLocalVariables(run, element.key, variables);
  else if (element.scopeKey !== null) propagateVariables(run, element.key, variables);
}

/** `zeebe:output`: evaluated in the element's scope, propagated outside it. */
export function applyOutputMappings(run: Run, node: FlowNode, element: ElementInstance): void {
  if (node.outputMappings.length === 0 || element.scopeKey === null) return;
  propagateVariables(run, element.scopeKey, mapped(run, node.outputMappings, element, 'the output mapping'));
}

function mapped(
  run: Run,
  mappings: readonly VariableMapping[],
  element: ElementInstance,
  what: string,
): Record<string, JsonValue> {
  const result: Record<string, JsonValue> = {};
  for (const { source, target } of mappings) {
    const value = evaluateValue(run, {
      expression: source,
      scopeKey: element.key,
      purpose: `${what} to "${target}"`,
      incident: 'IO_MAPPING_ERROR',
      extra: result,
    });
    assign(result, target.split('.'), value);
  }
  return result;
}

function assign(into: Record<string, JsonValue>, path: readonly string[], value: JsonValue): void {
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
