import { isActivity, type FlowNode } from '../../model/process-model.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

/** Two tokens come to one place that nothing joins, so everything behind it happens twice. BPMN allows it (ADR 0010). */
export const lackOfSynchronization: LintRule = {
  name: 'lack-of-synchronization',
  check: ({ soundness, process }) => {
    // Quantities other than one multiply tokens on purpose.
    if ([...process.nodes.values()].some(multiplies)) return [];
    return soundness().flatMap(({ doubled }) =>
      doubled.map(({ node, path }) => ({
        at: node,
        severity: 'warning' as const,
        path,
        message: {
          ru: `В ${titleOf(node)} могут прийти два маркера: ветви идут одновременно и не соединены, и всё дальше выполнится дважды.`,
          en: `Two tokens can come to ${titleOf(node)}: the branches run at once and are not joined, so everything behind happens twice.`,
        },
        remedy: {
          ru: 'Соедините ветви параллельным или включающим соединением. Если два прохода нужны, оставьте как есть.',
          en: 'Join the branches by a parallel or an inclusive gateway. If two passes are meant, leave it as it is.',
        },
      })),
    );
  },
};

function multiplies(node: FlowNode): boolean {
  return isActivity(node) && [node.startQuantity, node.completionQuantity].some((quantity = 1) => quantity !== 1);
}
