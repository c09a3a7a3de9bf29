import { atDecision, type TableLintRule } from '../tables/table-rule.ts';
import { describeRegion, type RuleBox, type TableBoxes } from '../tables/table-subject.ts';

const SHOWN = 10;

/** Rules of a UNIQUE table that match the same inputs: evaluating them fails (DMN 1.5 §8.2.8). */
export const overlappingRules: TableLintRule = {
  name: 'overlapping-rules',
  check: (subject) => {
    const { decision, table } = subject;
    if (table.hitPolicy !== 'UNIQUE') return [];
    const boxes = subject.boxes();
    if (boxes === undefined) return [];
    return overlapsOf(boxes).map(({ pair: [a, b], region }) => {
      const where = describeRegion(subject, boxes, region);
      return {
        at: atDecision(decision),
        severity: 'warning' as const,
        message: {
          ru: `Решение «${decision.name}»: правила ${a + 1} и ${b + 1} срабатывают вместе${where === '' ? ' всегда' : `, когда: ${where}`}; при UNIQUE это ошибка.`,
          en: `Decision "${decision.name}": rules ${a + 1} and ${b + 1} match together${where === '' ? ' always' : ` when: ${where}`}; UNIQUE does not admit that.`,
        },
        remedy: {
          ru: 'Разведите условия правил или выберите другую политику, например FIRST.',
          en: 'Make the rules exclude each other, or choose another hit policy such as FIRST.',
        },
      };
    });
  },
};

export function overlapsOf({ boxes }: TableBoxes) {
  const overlaps: { readonly pair: readonly [number, number]; readonly region: readonly ReadonlySet<number>[] }[] = [];
  for (const [b, box] of boxes.entries()) {
    for (let a = 0; a < b && overlaps.length < SHOWN; a += 1) {
      const region = common(boxes[a]!, box);
      if (region !== null) overlaps.push({ pair: [a, b], region });
    }
  }
  return overlaps;
}

/** What both certainly match; null when there is nothing, or nobody knows. */
function common(a: RuleBox, b: RuleBox): readonly ReadonlySet<number>[] | null {
  if (!a.exact || !b.exact) return null;
  const region: ReadonlySet<number>[] = [];
  for (const [column, cell] of a.cells.entries()) {
    const shared = new Set([...cell].filter((atom) => b.cells[column]!.has(atom)));
    if (shared.size === 0) return null;
    region.push(shared);
  }
  return region;
}
