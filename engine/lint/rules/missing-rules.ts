import { findGaps } from '../tables/find-gaps.ts';
import { atDecision, type TableLintRule } from '../tables/table-rule.ts';
import { describeRegion } from '../tables/table-subject.ts';

const SINGLE_HIT = new Set(['UNIQUE', 'ANY', 'PRIORITY', 'FIRST']);

/**
 * Inputs for which no rule of a single-hit table matches, where every column is finite or an interval and no default output
 * is given: the result is null then. Empty inputs are not looked at.
 */
export const missingRules: TableLintRule = {
  name: 'missing-rules',
  check: (subject) => {
    const { decision, table } = subject;
    if (!SINGLE_HIT.has(table.hitPolicy) || table.outputs.some(({ defaultValue }) => defaultValue !== null)) return [];
    const boxes = table.rules.length === 0 ? undefined : subject.boxes();
    if (boxes === undefined || boxes.atoms.some(({ hasOthers, count }) => hasOthers && count > 1)) return [];
    const gaps = findGaps(boxes).map((gap) => describeRegion(subject, boxes, gap));
    if (gaps.length === 0) return [];
    const list = gaps.join(' / ');
    return [
      {
        at: atDecision(decision),
        severity: 'warning' as const,
        message: {
          ru: `Решение «${decision.name}»: ни одно правило не подходит, когда: ${list}. Результат тогда пуст.`,
          en: `Decision "${decision.name}": no rule matches when: ${list}. The result is null then.`,
        },
        remedy: {
          ru: 'Добавьте правило или значение по умолчанию (default output).',
          en: 'Add a rule, or a default output.',
        },
      },
    ];
  },
};
