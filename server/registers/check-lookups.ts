import { planFilter, type FormField, type JsonValue, type VariableMap } from '#engine';
import type { Executor } from '../database/connect.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { referenceExists } from '../users/reference-exists.ts';
import { findRows } from './row-read-model.ts';

/** A reference field with the value that somebody gave it, in the form (or row) as it was sent. */
export interface Lookup {
  readonly field: FormField;
  readonly value: JsonValue;
  readonly form: VariableMap;
}

export interface LookupSurroundings {
  readonly definitions: Pick<Definitions, 'register' | 'zone' | 'calendars'>;
  readonly now: number;
  /** Keys that are about to be rows of this register: they may name each other. */
  readonly coming?: { readonly registerKey: string; readonly rowKeys: ReadonlySet<string> };
}

/** `missing`: there is no such row. `unfit`: there is, but the filter of the field does not let it through. */
export type BrokenLookup = 'missing' | 'unfit';

/** What is wrong with each look-up, in their order; null is good. Rows are read once per register. */
export async function checkLookups(
  executor: Executor,
  lookups: readonly Lookup[],
  { definitions, now, coming }: LookupSurroundings,
): Promise<readonly (BrokenLookup | null)[]> {
  const keys = new Map<string, Set<string>>();
  for (const { field, value } of lookups) {
    if (field.source?.register === undefined || typeof value !== 'string') continue;
    const { catalog } = field.source;
    keys.set(catalog, (keys.get(catalog) ?? new Set()).add(value));
  }
  const found = new Map(
    await Promise.all(
      [...keys].map(async ([catalog, values]) => [catalog, await findRows(executor, catalog, [...values])] as const),
    ),
  );
  const answers: (BrokenLookup | null)[] = [];
  /** The same person stands in many lines of a table. */
  const people = new Map<string, boolean>();
  for (const { field, value, form } of lookups) {
    const { source } = field;
    if (source === undefined) answers.push('missing');
    else if (source.register === undefined) {
      const asked = JSON.stringify([source, value]);
      const there = people.get(asked) ?? (await referenceExists(executor, source, value));
      people.set(asked, there);
      answers.push(there ? null : 'missing');
    } else {
      const row = typeof value === 'string' ? found.get(source.catalog)?.get(value) : undefined;
      const announced =
        coming?.registerKey === source.catalog && typeof value === 'string' && coming.rowKeys.has(value);
      if (row === undefined) answers.push(announced ? null : 'missing');
      else {
        const { filter } = source.register;
        const { zone, calendars } = definitions;
        const fits =
          filter === undefined || planFilter(filter, { form, now, zone, calendars }).passes(row.content as VariableMap);
        answers.push(fits ? null : 'unfit');
      }
    }
  }
  return answers;
}

/** In words, for the field. */
export const BROKEN_LOOKUP: Readonly<Record<BrokenLookup, readonly [ru: string, en: string]>> = {
  missing: ['такого значения нет в справочнике', 'there is no such entry'],
  unfit: [
    'выбранное не подходит к остальным полям, выберите заново',
    'what is chosen does not fit the other fields, choose again',
  ],
};
