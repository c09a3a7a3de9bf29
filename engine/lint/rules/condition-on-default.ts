import { titleOf, type LintRule } from '../lint-rule.ts';

/** BPMN 2.0.2 §8.4.13: a default flow is taken when nothing else is; the engine ignores a condition on it. */
export const conditionOnDefault: LintRule = {
  name: 'condition-on-default',
  check: ({ process }) =>
    [...process.nodes.values()].flatMap((node) => {
      const flow = node.defaultFlowId === undefined ? undefined : process.flows.get(node.defaultFlowId);
      if (flow?.condition === undefined) return [];
      return [
        {
          at: flow,
          severity: 'warning' as const,
          message: {
            ru: `Условие на потоке по умолчанию ${titleOf(flow)} из ${titleOf(node)} не проверяется.`,
            en: `The condition on the default flow ${titleOf(flow)} of ${titleOf(node)} is not looked at.`,
          },
          remedy: {
            ru: 'Уберите условие или сделайте потоком по умолчанию другой.',
            en: 'Remove the condition, or make another flow the default.',
          },
        },
      ];
    }),
};
