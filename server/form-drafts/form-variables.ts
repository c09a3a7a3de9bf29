import { knownVariables, type KnownVariable, type ProcessModel } from '#engine';
import type { FormVariable, FormVariables } from '#contract';
import type { Definitions } from '../runtime/definitions.ts';
import { latestProcesses } from '../runtime/latest-processes.ts';
import { stepsOf } from './form-steps.ts';
import { fieldForType, fieldOfForm, variableType } from './variable-schema.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the processes that show a form know beside it: offered as fields and completed in its rules. */
export async function formVariables(definitions: Definitions, formId: string): Promise<FormVariables> {
  await definitions.refresh();
  const processes = (await latestProcesses(definitions)).filter((process) => stepsOf([process], formId).length > 0);
  const found = new Map<string, FormVariable>();
  for (const process of processes) {
    const known = knownVariables(process, formId, {
      formOf: (id) => definitions.latestForm(id),
      decisionOf: (id) => definitions.latestDecision(id),
    });
    for (const variable of known) {
      const before = found.get(variable.name);
      const sources = [...(before?.sources ?? []), ...(await sourcesOf(definitions, process, variable))];
      found.set(variable.name, { ...(before ?? (await described(definitions, variable))), sources });
    }
  }
  return { items: [...found.values()].sort((left, right) => left.name.localeCompare(right.name)) };
}

async function described(definitions: Definitions, variable: KnownVariable): Promise<FormVariable> {
  const { name, formIds } = variable;
  const [formId] = formIds;
  const type = variableType(variable.type);
  const definition = formId === undefined ? undefined : await definitionOf(definitions, formId);
  const field = definition ? fieldOfForm(definition, name) : fieldForType(type);
  return { name, type, field, sources: [] };
}

async function sourcesOf(
  definitions: Definitions,
  { processId, name: processName }: ProcessModel,
  { formIds, writers }: KnownVariable,
): Promise<FormVariable['sources']> {
  const process = processName || processId;
  const forms = formIds.map((id) => {
    const title = definitions.latestForm(id)?.title;
    return { process, kind: 'form' as const, name: title?.ru ?? id };
  });
  const elements = writers.map(({ name }) => ({ process, kind: 'element' as const, name }));
  const all = [...forms, ...elements];
  return all.length > 0 ? all : [{ process, kind: 'outside', name: '' }];
}

async function definitionOf(definitions: Definitions, formId: string): Promise<Json | undefined> {
  const latest = definitions.catalog.latest('form', formId);
  return latest && ((await definitions.form(latest.definitionKey)).source as Json);
}
