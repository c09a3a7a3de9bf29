import { describeType } from '../../expressions/analysis/describe-type.ts';
import { inferTests } from '../../expressions/analysis/infer-type.ts';
import type { TypeFinding } from '../../expressions/analysis/finding.ts';
import { withoutNull, type StaticType } from '../../expressions/analysis/static-type.ts';
import type { RuleFinding } from '../lint-rule.ts';
import { feelFinding } from '../feel/finding-texts.ts';
import { atRule, titleOfCell, type TableLintRule } from '../tables/table-rule.ts';
import type { RuleBox, TableSubject } from '../tables/table-subject.ts';

/**
 * A cell that no value of its column passes, or a part of it; a rule of a FIRST table that an earlier one always comes
 * before.
 */
export const unmatchableRule: TableLintRule = {
  name: 'unmatchable-rule',
  check: (subject) => [...unmatchedCells(subject), ...coveredRules(subject)],
};

function unmatchedCells({ decision, table, columns, variables }: TableSubject): readonly RuleFinding[] {
  return table.rules.flatMap((rule, index) =>
    rule.inputEntries.flatMap((entry, column) => {
      const at = atRule(decision, rule);
      const title = titleOfCell(decision, index, table.inputs[column]!.label);
      const { admitted, findings } = inferTests(entry, columns[column]!, variables);
      // A cell for empty inputs has no findings.
      if (withoutNull(admitted).length === 0 && (admitted.length === 0 || findings.length > 0))
        return [neverMatches({ text: entry.text, at, title, column: columns[column]! }, findings)];
      return findings.map((finding) => feelFinding(finding, { text: entry.text, at, title }));
    }),
  );
}

interface Cell {
  readonly text: string;
  readonly at: RuleFinding['at'];
  readonly title: RuleFinding['message'];
  readonly column: StaticType;
}

function neverMatches({ text, at, title, column }: Cell, findings: readonly TypeFinding[]): RuleFinding {
  const type = describeType(column);
  const suggestion = findings.find((one) => one.suggestion !== null)?.suggestion ?? null;
  return {
    at,
    severity: 'warning',
    message: {
      ru: `${title.ru}: «${text.trim()}» не подходит ни к одному значению колонки (${type.ru}), поэтому правило не сработает никогда.`,
      en: `${title.en}: no value of the column (${type.en}) passes "${text.trim()}", so the rule never matches.`,
    },
    remedy:
      suggestion === null
        ? { ru: 'Исправьте ячейку или уберите правило.', en: 'Correct the cell, or remove the rule.' }
        : { ru: `Возможно, имелось в виду «${suggestion}».`, en: `Perhaps "${suggestion}" is meant.` },
  };
}

function coveredRules(subject: TableSubject): readonly RuleFinding[] {
  const { decision, table } = subject;
  const boxes = table.hitPolicy === 'FIRST' ? subject.boxes()?.boxes : undefined;
  if (boxes === undefined) return [];
  return table.rules.flatMap((rule, index) => {
    const box = boxes[index]!;
    const earlier = boxes.slice(0, index).findIndex((other) => covers(other, box));
    if (earlier < 0 || box.cells.some((cell) => cell.size === 0)) return [];
    return [
      {
        at: atRule(decision, rule),
        severity: 'warning' as const,
        code: 'unreachable-rule',
        message: {
          ru: `Решение «${decision.name}»: правило ${index + 1} не сработает никогда: всё, что ему подходит, раньше забирает правило ${earlier + 1}.`,
          en: `Decision "${decision.name}": rule ${index + 1} never matches: rule ${earlier + 1} comes before it for all that it covers.`,
        },
        remedy: {
          ru: 'Поставьте более узкое правило выше или уберите лишнее.',
          en: 'Move the narrower rule up, or remove the superfluous one.',
        },
      },
    ];
  });
}

function covers(a: RuleBox, b: RuleBox): boolean {
  return (
    a.exact &&
    b.cells.every((cell, column) => [...cell].every((atom) => a.cells[column]!.has(atom))) &&
    // An empty input passes where a cell asks for nothing, and more cells of `b` may do so.
    b.open.every((column) => a.open.includes(column))
  );
}
