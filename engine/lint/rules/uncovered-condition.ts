import type { FlowNode, ProcessModel } from '../../model/process-model.ts';
import { coversEverything } from '../feel/covers-everything.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

/** Conditions of which none may hold, without a default flow: the engine raises an incident there (semantics.md). */
export const uncoveredCondition: LintRule = {
  name: 'uncovered-condition',
  check: ({ process }) =>
    [...process.nodes.values()]
      .filter((node) => isOpen(process, node))
      .map((node) => ({
        at: node,
        severity: 'warning' as const,
        message: {
          ru: `У ${titleOf(node)} нет потока по умолчанию, а условия могут все оказаться ложными: тогда процесс остановится с инцидентом.`,
          en: `${titleOf(node)} has no default flow, and all of its conditions may be false: the process then stops with an incident.`,
        },
        remedy: {
          ru: 'Сделайте один из потоков потоком по умолчанию или дополните условия.',
          en: 'Make one of the flows the default, or complete the conditions.',
        },
      })),
};

function isOpen(process: ProcessModel, node: FlowNode): boolean {
  if (node.defaultFlowId !== undefined || node.outgoing.length === 0) return false;
  const conditions = node.outgoing.map((id) => process.flows.get(id)?.condition);
  const given = conditions.filter((condition) => condition !== undefined);
  // A flow without a condition is always taken.
  return given.length === conditions.length && !coversEverything(given);
}
