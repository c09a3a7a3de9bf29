import { treeOf } from '../expressions/compile.ts';
import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import {
  compileFeel,
  evaluate,
  variablesOf,
  type EvaluationScope,
  type Expression,
} from '../expressions/expression.ts';
import type { Node } from '../expressions/syntax/syntax-tree.ts';
import { FORM_SCOPES, type LookupFilter } from '../forms/lookup-filter.ts';
import type { JsonValue, VariableMap } from '../json.ts';

/** What a filter sees besides the row. */
export interface FilterSurroundings extends Pick<EvaluationScope, 'now' | 'zone' | 'calendars'> {
  /** Values of the form; for a cell those of its line above them. `form`, `parent` and `row` all read here. */
  readonly form: VariableMap;
}

export interface FilterPlan {
  /** Must hold for every row that passes: what an index can look up. */
  readonly equalities: readonly { readonly field: string; readonly value: JsonValue }[];
  /** The whole filter over one row; anything but true keeps the row out. */
  readonly passes: (row: VariableMap) => boolean;
}

/**
 * Splits a filter into what the database can look up (`field = …` joined by `and`, the other side reading no row) and the
 * whole of it for the rows found: FEEL keeps the last word, the index only spares rows.
 */
export function planFilter(filter: LookupFilter, surroundings: FilterSurroundings): FilterPlan {
  const { form, now, zone, calendars } = surroundings;
  const scope = (row: VariableMap): EvaluationScope => ({
    variables: variablesOver(row, form),
    now,
    zone,
    calendars,
  });
  const tree = treeOf(filter.expression);
  const conjuncts = tree === null ? [] : conjunctsOf(tree);
  return {
    equalities: conjuncts.flatMap((node) => equalityOf(node, filter.text, scope({}))),
    passes: (row) => {
      const outcome = evaluate(filter.expression, scope(row));
      return outcome.ok && outcome.value === true;
    },
  };
}

function variablesOver(row: VariableMap, form: VariableMap): EvaluationScope['variables'] {
  const scopes: VariableMap = Object.fromEntries(FORM_SCOPES.map((name) => [name, form]));
  return {
    get: (name) => (Object.hasOwn(scopes, name) ? scopes[name] : Object.hasOwn(row, name) ? row[name] : null),
    toContext: () => ({ ...row, ...scopes }),
  };
}

function conjunctsOf(node: Node): readonly Node[] {
  return node.kind === 'and' ? [...conjunctsOf(node.left), ...conjunctsOf(node.right)] : [node];
}

function equalityOf(node: Node, text: string, scope: EvaluationScope): FilterPlan['equalities'] {
  if (node.kind !== 'comparison' || node.op !== '=') return [];
  for (const [side, other] of [
    [node.left, node.right],
    [node.right, node.left],
  ] as const) {
    if (side.kind !== 'name' || FORM_SCOPES.includes(side.name)) continue;
    const expression = expressionAt(text, other);
    if (expression === undefined || !variablesOf(expression).every((name) => FORM_SCOPES.includes(name))) continue;
    const outcome = evaluate(expression, scope);
    if (outcome.ok) return [{ field: side.name, value: outcome.value }];
  }
  return [];
}

/** Brackets belong to no node: the text of `(a + 1) * 2` begins within them and is no expression. Then FEEL alone decides. */
function expressionAt(text: string, { from, to }: Node): Expression | undefined {
  try {
    return compileFeel(text.slice(from, to));
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return undefined;
    throw error;
  }
}
