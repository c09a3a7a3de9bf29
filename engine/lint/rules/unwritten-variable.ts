import { unknownNamesOf, type UnknownName } from '../../expressions/expression.ts';
import { treeOf } from '../../expressions/compile.ts';
import { expressionsOf, type PlacedExpression } from '../feel/expressions-of.ts';
import { walkTree } from '../feel/walk-tree.ts';
import { writtenNames } from '../feel/written-names.ts';
import { titleOf, type LintRule, type RuleFinding } from '../lint-rule.ts';

/** Shorter names are near to each other by chance. */
const SHORTEST_MISSPELT = 4;

/**
 * A variable that an expression reads and nothing in the model sets. Jobs, messages and callers may bring any name, so
 * where one of them can, only a name that is nearly that of a known variable is reported: it is probably misspelt.
 */
export const unwrittenVariable: LintRule = {
  name: 'unwritten-variable',
  check: ({ process, surroundings }) => {
    const { names, complete } = writtenNames(process, surroundings);
    return expressionsOf(process)
      .filter(({ onCompletion }) => !onCompletion)
      .flatMap((placed) =>
        unknownIn(placed, [...names])
          .filter(({ name, suggestion }) => complete || (suggestion !== null && name.length >= SHORTEST_MISSPELT))
          .map((unknown) => findingFor(placed, unknown)),
      );
  },
};

function unknownIn({ expression }: PlacedExpression, known: readonly string[]): readonly UnknownName[] {
  const unknown = unknownNamesOf(expression, known);
  const tree = unknown.length === 0 ? null : treeOf(expression);
  if (tree === null) return [];
  const outsideFilters = new Set(
    [...walkTree(tree, { filters: false })].flatMap((node) => (node.kind === 'name' ? [node.name] : [])),
  );
  return unknown.filter(({ name }) => outsideFilters.has(name));
}

function findingFor({ owner }: PlacedExpression, { name, suggestion }: UnknownName): RuleFinding {
  return {
    at: owner,
    severity: 'warning',
    message: {
      ru: `${titleOf(owner)} читает переменную «${name}», которую в этой модели ничто не записывает.`,
      en: `${titleOf(owner)} reads the variable "${name}", which nothing in this model sets.`,
    },
    remedy:
      suggestion === null
        ? { ru: 'Исправьте имя или запишите переменную раньше.', en: 'Correct the name, or set the variable before.' }
        : {
            ru: `Возможно, имелась в виду «${suggestion}». Если переменная приходит извне, оставьте как есть.`,
            en: `Perhaps "${suggestion}" is meant. If the variable comes from outside, leave it as it is.`,
          },
  };
}
