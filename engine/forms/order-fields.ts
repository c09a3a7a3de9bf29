import type { EvaluationStep, FormField } from './form-definition.ts';

export type FieldOrder = { readonly steps: readonly EvaluationStep[] } | { readonly cycle: readonly string[] };

/** A field, or one column of a table; a table itself comes before its columns. */
interface OrderNode {
  readonly field: FormField;
  readonly table: FormField | undefined;
  readonly dependencies: ReadonlySet<string>;
}

/**
 * Sorts fields and columns so that each stands after what its value depends on, or names the first cycle found (`a → works.b → a`).
 * Only rules that decide a value take part: a hidden field counts as null, a locked one as stored, a computed one as its formula.
 * `x-required`, `x-options` and `x-assert` run after all values are known and may read anything.
 */
export function orderFields(fields: readonly FormField[]): FieldOrder {
  const nodes = new Map<string, OrderNode>();
  for (const field of fields) {
    nodes.set(field.name, { field, table: undefined, dependencies: valueDependencies(field) });
    for (const column of field.table?.columns ?? []) {
      const dependencies = new Set([field.name, ...valueDependencies(column)]);
      nodes.set(column.name, { field: column, table: field, dependencies });
    }
  }
  const cycle = findCycle(nodes);
  return cycle ? { cycle } : { steps: stepsOf([...nodes.values()]) };
}

function findCycle(nodes: ReadonlyMap<string, OrderNode>): readonly string[] | undefined {
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (name: string): readonly string[] | undefined => {
    if (done.has(name)) return undefined;
    const at = trail.indexOf(name);
    if (at !== -1) return [...trail.slice(at), name];
    trail.push(name);
    for (const dependency of nodes.get(name)?.dependencies ?? []) {
      const cycle = visit(dependency);
      if (cycle) return cycle;
    }
    trail.pop();
    done.add(name);
    return undefined;
  };
  for (const name of nodes.keys()) {
    const cycle = visit(name);
    if (cycle) return cycle;
  }
  return undefined;
}

/**
 * Takes fields while any is ready, then all the columns of one table that are: a table is gone through as seldom as its rules allow,
 * usually once. A share of a total (`row.sum / sum(works.sum)`) takes two passes.
 */
function stepsOf(nodes: readonly OrderNode[]): readonly EvaluationStep[] {
  const steps: EvaluationStep[] = [];
  const known = new Set(nodes.map(({ field }) => field.name));
  const decided = new Set<string>();
  const waiting = new Set(nodes);
  const take = (from: readonly OrderNode[]): readonly FormField[] => {
    const taken: FormField[] = [];
    for (let progress = true; progress;) {
      progress = false;
      for (const node of from) {
        if (!waiting.has(node) || [...node.dependencies].some((name) => known.has(name) && !decided.has(name)))
          continue;
        waiting.delete(node);
        decided.add(node.field.name);
        taken.push(node.field);
        progress = true;
      }
    }
    return taken;
  };
  const plain = nodes.filter(({ table }) => table === undefined);
  const tables = [...new Set(nodes.flatMap(({ table }) => table ?? []))];
  while (waiting.size > 0) {
    for (const field of take(plain)) steps.push({ kind: 'field', field });
    for (const table of tables) {
      const columns = take(nodes.filter((node) => node.table === table));
      if (columns.length === 0) continue;
      steps.push({ kind: 'columns', table, columns });
      break;
    }
  }
  return steps;
}

function valueDependencies({ rules, within = [] }: FormField): ReadonlySet<string> {
  return new Set([rules.visible, rules.readonly, rules.value, ...within].flatMap((rule) => rule?.reads ?? []));
}
