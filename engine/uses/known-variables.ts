import type { StaticType } from '../expressions/analysis/static-type.ts';
import { variablesOf } from '../expressions/expression.ts';
import { expressionsOf } from '../lint/feel/expressions-of.ts';
import { ProcessTypes } from '../lint/feel/process-types.ts';
import { COUNTERS } from '../lint/feel/written-names.ts';
import type { LintSurroundings } from '../lint/lint-rule.ts';
import { isActivity, type FlowNode, type ProcessModel } from '../model/process-model.ts';

/** A variable that a form of the process may show or read. */
export interface KnownVariable {
  readonly name: string;
  readonly type: StaticType;
  /** Forms of other steps that have a field of this name. */
  readonly formIds: readonly string[];
  /** Elements that set it otherwise: by mapping, script, decision, loop. */
  readonly writers: readonly { readonly id: string; readonly name: string }[];
}

/**
 * What a process knows beside one of its forms: what other forms, mappings, scripts and decisions leave behind, what the steps that show
 * the form are given alone, and what expressions read that nobody here sets: it comes with a message or from a caller.
 */
export function knownVariables(
  process: ProcessModel,
  formId: string,
  surroundings: LintSurroundings,
): readonly KnownVariable[] {
  const types = new ProcessTypes(process, surroundings);
  const found = new Map<string, { formIds: Set<string>; writers: Map<string, string> }>();
  const local = new Set(COUNTERS);
  const entryOf = (name: string) => {
    const known = found.get(name) ?? { formIds: new Set(), writers: new Map() };
    found.set(name, known);
    return known;
  };
  for (const node of process.nodes.values()) {
    const own = formOf(node);
    for (const name of namesWithin(node)) {
      if (own === formId) entryOf(name).writers.set(node.id, node.name);
      else local.add(name);
    }
    for (const name of namesLeaving(node)) entryOf(name).writers.set(node.id, node.name);
    if (own === undefined || own === formId || node.outputMappings.length > 0) continue;
    for (const { name } of surroundings.formOf?.(own)?.fields ?? []) entryOf(name).formIds.add(own);
  }
  for (const name of process.scopes.get(process.processId)?.variableNames ?? []) entryOf(name);
  const fields = new Set(surroundings.formOf?.(formId)?.fields.map(({ name }) => name));
  for (const { expression, onCompletion } of expressionsOf(process))
    if (!onCompletion)
      for (const name of variablesOf(expression)) if (!local.has(name) && !fields.has(name)) entryOf(name);
  return [...found].map(([name, { formIds, writers }]) => ({
    name,
    type: types.get(name) ?? 'any',
    formIds: [...formIds],
    writers: [...writers].map(([id, writer]) => ({ id, name: writer || id })),
  }));
}

function formOf(node: FlowNode): string | undefined {
  return 'form' in node && node.form?.id.static === true ? node.form.id.text : undefined;
}

/** What only the element itself and its form see. */
function namesWithin(node: FlowNode): readonly string[] {
  const item = isActivity(node) ? node.multiInstance?.inputElement : undefined;
  return [...node.inputMappings.map(rootOf), ...(item === undefined ? [] : [item])];
}

/** What stays behind when the element has completed, apart from the fields of its form. */
function namesLeaving(node: FlowNode): readonly string[] {
  const result =
    node.outputMappings.length === 0 && 'implementation' in node && 'resultVariable' in node.implementation
      ? [node.implementation.resultVariable]
      : [];
  const collected = isActivity(node) ? node.multiInstance?.outputCollection : undefined;
  const chosen = node.type === 'adHocSubProcess' ? node.choice?.outputCollection : undefined;
  return [
    ...node.outputMappings.map(rootOf),
    ...(node.associations?.outputs ?? []).map(({ target }) => target),
    ...[...result, collected, chosen].filter((name) => name !== undefined),
  ];
}

function rootOf({ target }: { readonly target: string }): string {
  return target.split('.')[0]!;
}
