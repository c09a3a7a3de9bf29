import { treeOf } from '../expressions/compile.ts';
import { compileFeel, evaluate, variablesOf, type EvaluationScope } from '../expressions/expression.ts';
import type { Node } from '../expressions/syntax/syntax-tree.ts';
import { FORM_SCOPES, type LookupFilter } from '../forms/lookup-filter.ts';
import type { JsonValue, VariableMap } from '../json.ts';

/** What a filter sees besides the row. */
export interface FilterSurroundings extends Pick<EvaluationScope, 'now' | 'zone' | 'calendars'> {
  /** Values of the form; `row` and `parent` are the same for a field that stands in no table. */
  readonly form: VariableMap;
  readonly line?: VariableMap;
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
  const { form, line = form, now, zone, calendars } = surroundings;
  const scope = (row: VariableMap): EvaluationScope => ({
    variables: variablesOver({ row, form, line }),
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

function variablesOver(parts: {
  row: VariableMap;
  form: VariableMap;
  line: VariableMap;
}): EvaluationScope['variables'] {
  const { row, form, line } = parts;
  const scopes: VariableMap = { form, parent: form, row: line };
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
    const expression = compileFeel(text.slice(other.from, other.to));
    if (!variablesOf(expression).every((name) => FORM_SCOPES.includes(name))) continue;
    const outcome = evaluate(expression, scope);
    if (outcome.ok) return [{ field: side.name, value: outcome.value }];
  }
  return [];
}
