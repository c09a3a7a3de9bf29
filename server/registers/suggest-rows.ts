import {
  compileLookupFilter,
  ExpressionSyntaxError,
  planFilter,
  type FilterPlan,
  type LookupFilter,
  type RegisterModel,
  type VariableMap,
} from '#engine';
import type { RegisterSuggestionQuery, RegisterSuggestions } from '#contract';
import type { Executor } from '../database/connect.ts';
import { Refused } from '../http/refused.ts';
import type { Definitions } from '../runtime/definitions.ts';
import { findRows } from './row-read-model.ts';
import { cursorOf, pageOfRows, type RowCursor } from './row-page.ts';
import type { StoredRow } from './register-tables.ts';

const DEFAULT_LIMIT = 20;
const LOT = 200;
/** Rows that FEEL looks at for one key stroke; what an index can find is found before. */
const MOST_LOOKED_AT = 2_000;

interface Surroundings {
  readonly definitions: Pick<Definitions, 'zone' | 'calendars'>;
  readonly now: number;
}

/**
 * Rows to choose from. Equalities of the filter on indexed fields go to the database; the whole filter is evaluated in FEEL over
 * what comes back, over a bounded number of rows.
 * @throws Refused `invalid-request` for a filter that is not FEEL
 */
export async function suggestRows(
  executor: Executor,
  register: RegisterModel,
  query: RegisterSuggestionQuery,
  { definitions, now }: Surroundings,
): Promise<RegisterSuggestions> {
  const { zone, calendars } = definitions;
  const form = (query.form ?? {}) as VariableMap;
  const filter = query.filter === undefined ? undefined : readFilter(query.filter);
  const plan: FilterPlan =
    filter === undefined ? { equalities: [], passes: () => true } : planFilter(filter, { form, now, zone, calendars });
  const passing = (rows: readonly StoredRow[]): readonly StoredRow[] =>
    rows.filter(({ content }) => plan.passes(content as VariableMap));
  const view = (row: StoredRow) => suggestion(row, query);
  if (query.values !== undefined) {
    const found = await findRows(executor, register.key, query.values);
    return { items: passing([...found.values()]).map(view), more: false };
  }
  const { indexed, display } = register;
  const sort = indexed.includes(display.label) ? display.label : register.keyField;
  const known = plan.equalities.filter(({ field }) => indexed.includes(field));
  const where = Object.fromEntries(known.map(({ field, value }) => [field, value]));
  const limit = query.limit ?? DEFAULT_LIMIT;
  const found: StoredRow[] = [];
  let after: RowCursor | undefined;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += LOT) {
    const lot = await pageOfRows(executor, register, {
      ...(query.search !== undefined && { search: query.search }),
      where,
      sort,
      descending: false,
      limit: LOT,
      ...(after && { after }),
    });
    found.push(...passing(lot));
    if (found.length > limit || lot.length < LOT) {
      return { items: found.slice(0, limit).map(view), more: found.length > limit };
    }
    after = cursorOf(lot.at(-1)!, sort);
  }
  return { items: found.slice(0, limit).map(view), more: true };
}

function suggestion(
  row: StoredRow,
  { label, fields = [] }: RegisterSuggestionQuery,
): RegisterSuggestions['items'][number] {
  const content = row.content as Readonly<Record<string, unknown>>;
  const own = label === undefined ? undefined : content[label];
  return {
    value: row.row_key,
    label: typeof own === 'string' && own !== '' ? own : row.label,
    values: Object.fromEntries(fields.map((name) => [name, content[name] ?? null])),
  };
}

function readFilter(text: string): LookupFilter {
  try {
    return compileLookupFilter(text);
  } catch (error) {
    if (!(error instanceof ExpressionSyntaxError)) throw error;
    throw new Refused('invalid-request', {
      ru: `Условие отбора не читается: ${error.message}`,
      en: `The filter cannot be read: ${error.message}`,
    });
  }
}
