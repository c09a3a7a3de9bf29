import type { Library, ReferenceLookup } from '../model/library.ts';
import type { SimulationOptions } from './simulation.ts';

/** Everything that was given counts as deployed at once, in version 1; binding types and version tags make no difference. */
export function simulatedLibrary({
  processes,
  decisions = [],
  forms = [],
  calendars,
  zone,
}: SimulationOptions): Library {
  const graph = new Map(decisions.map((decision) => [decision.decisionId, decision] as const));
  return {
    calendars,
    zone: zone ?? 'Europe/Moscow',
    findDecision({ id }: ReferenceLookup) {
      const decision = graph.get(id);
      return decision === undefined ? undefined : { decisionKey: 1, version: 1, decision, graph };
    },
    findForm: ({ id }) => (forms.includes(id) ? { formKey: forms.indexOf(id) + 1, formId: id, version: 1 } : undefined),
    findProcess({ id }) {
      const index = processes.findIndex((process) => process.processId === id);
      const model = processes[index];
      if (model === undefined) return undefined;
      return { processDefinitionKey: index + 1, deploymentKey: 1, version: 1, model };
    },
  };
}
