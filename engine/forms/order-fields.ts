import type { FormField } from './form-definition.ts';

export type FieldOrder = { readonly order: readonly FormField[] } | { readonly cycle: readonly string[] };

/**
 * Sorts fields so that each stands after the fields its value depends on, or names the first cycle found (`a → b → a`).
 * Only rules that decide a value take part: a hidden field counts as null, a locked one as stored, a computed one as its formula.
 * `x-required`, `x-options` and `x-assert` run after all values are known and may read anything.
 */
export function orderFields(fields: readonly FormField[]): FieldOrder {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const order: FormField[] = [];
  const done = new Set<string>();
  const trail: string[] = [];

  const visit = (field: FormField): readonly string[] | undefined => {
    if (done.has(field.name)) return undefined;
    const at = trail.indexOf(field.name);
    if (at !== -1) return [...trail.slice(at), field.name];
    trail.push(field.name);
    for (const name of valueDependencies(field)) {
      const cycle = visit(byName.get(name)!);
      if (cycle) return cycle;
    }
    trail.pop();
    done.add(field.name);
    order.push(field);
    return undefined;
  };

  for (const field of fields) {
    const cycle = visit(field);
    if (cycle) return { cycle };
  }
  return { order };
}

function valueDependencies({ rules }: FormField): ReadonlySet<string> {
  return new Set([rules.visible, rules.readonly, rules.value].flatMap((rule) => rule?.reads ?? []));
}
