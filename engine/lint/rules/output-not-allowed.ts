import { describeType } from '../../expressions/analysis/describe-type.ts';
import { narrowed } from '../../expressions/analysis/cell-values.ts';
import { fromFeelType } from '../../expressions/analysis/from-feel-type.ts';
import { inferType } from '../../expressions/analysis/infer-type.ts';
import { meet } from '../../expressions/analysis/meet.ts';
import { withoutNull, type StaticType } from '../../expressions/analysis/static-type.ts';
import { suggestLiteral } from '../../expressions/analysis/suggest-literal.ts';
import type { OutputClause } from '../../decisions/decision-model.ts';
import { atRule, titleOfCell, type TableLintRule } from '../tables/table-rule.ts';

/** A result that its column does not admit, by its type or its list of output values. */
export const outputNotAllowed: TableLintRule = {
  name: 'output-not-allowed',
  check: ({ decision, table, variables }) => {
    const allowed = table.outputs.map(allowedType);
    return table.rules.flatMap((rule, index) =>
      rule.outputEntries.flatMap((entry, column) => {
        const type = withoutNull(inferType(entry, variables).type);
        if (type === 'any' || type.length === 0 || meet(type, allowed[column]!).length > 0) return [];
        const title = titleOfCell(decision, index, table.outputs[column]!.label);
        const [is, may] = [describeType(type), describeType(allowed[column]!)];
        const suggestion = suggestLiteral(type, allowed[column]!);
        return [
          {
            at: atRule(decision, rule),
            severity: 'warning' as const,
            message: {
              ru: `${title.ru}: результат «${entry.text.trim()}» (${is.ru}) не допускается, возможны: ${may.ru}.`,
              en: `${title.en}: the result "${entry.text.trim()}" (${is.en}) is not admitted, which is ${may.en}.`,
            },
            remedy:
              suggestion === null
                ? {
                    ru: 'Исправьте результат или список допустимых значений.',
                    en: 'Correct the result, or the list of allowed values.',
                  }
                : { ru: `Возможно, имелось в виду «${suggestion}».`, en: `Perhaps "${suggestion}" is meant.` },
          },
        ];
      }),
    );
  },
};

/** The declared type, and the output values where they are listed; a list of one stands for its value. */
function allowedType({ type, outputValues }: OutputClause): StaticType {
  const declared = fromFeelType(type);
  if (outputValues === null) return declared;
  // They are compiled as a list: `["a", "b"]`.
  return narrowed(declared, outputValues.text.trim().replace(/^\[|\]$/g, ''));
}
