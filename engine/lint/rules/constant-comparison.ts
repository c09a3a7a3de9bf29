import { variablesOf } from '../../expressions/expression.ts';
import { treeOf } from '../../expressions/compile.ts';
import type { Node } from '../../expressions/syntax/syntax-tree.ts';
import { isConstantComparison } from '../feel/constant-comparisons.ts';
import { expressionsOf } from '../feel/expressions-of.ts';
import { walkTree } from '../feel/walk-tree.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

/** A comparison that always comes out the same: of two constants, or of something with itself. */
export const constantComparison: LintRule = {
  name: 'constant-comparison',
  check: ({ process }) =>
    expressionsOf(process).flatMap(({ owner, expression }) => {
      const tree = treeOf(expression);
      if (tree === null) return [];
      const isCondition = 'condition' in owner && owner.condition === expression;
      const constant =
        isCondition && variablesOf(expression).length === 0 && !calls(tree)
          ? tree
          : [...walkTree(tree, { filters: true })].find((node) => isConstantComparison(node, expression.text));
      if (constant === undefined) return [];
      const text = expression.text.slice(constant.from, constant.to).trim();
      return [
        {
          at: owner,
          severity: 'warning' as const,
          message: {
            ru: `«${text}» у ${titleOf(owner)} не зависит от данных: результат всегда один и тот же.`,
            en: `"${text}" at ${titleOf(owner)} does not depend on anything: it always comes out the same.`,
          },
          remedy: {
            ru: 'Сравните с переменной; текст в кавычках — это значение, а не имя.',
            en: 'Compare with a variable; a text in quotes is a value, not a name.',
          },
        },
      ];
    }),
};

/** What is called may depend on the clock. */
function calls(tree: Node): boolean {
  return [...walkTree(tree, { filters: true })].some(({ kind }) => kind === 'call');
}
