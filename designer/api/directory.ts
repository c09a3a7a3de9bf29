import type { GroupView, PersonView, RegisterSuggestionQuery, RegisterSuggestions } from '#contract';
import type { ReferenceSource, VariableMap } from '#engine';
import { createAskTogether } from './ask-together.ts';
import { queryClient } from './query-client.ts';
import { request } from './request.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly values?: VariableMap;
}

interface DirectoryQuestion {
  readonly source: ReferenceSource;
  readonly form?: VariableMap;
  readonly search?: string;
  readonly values?: readonly string[];
}

const MOST = 50;
const STALE_MS = 60_000;

/** People, groups or rows of a register, by part of the name; or exactly those with the given values. People and groups are kept a minute. */
export async function lookUp({ source, search = '', values, form }: DirectoryQuestion): Promise<readonly Choice[]> {
  if (source.register !== undefined) return rows(source, { search, ...(values && { values }), ...(form && { form }) });
  const choices = source.catalog === 'users' ? await people(source.group) : await groups();
  if (values !== undefined) return choices.filter((choice) => values.includes(choice.value));
  const part = search.trim().toLowerCase();
  return choices.filter((choice) => choice.label.toLowerCase().includes(part)).slice(0, MOST);
}

function people(group: string | undefined): Promise<readonly Choice[]> {
  return queryClient.fetchQuery({
    queryKey: ['people', group ?? null],
    staleTime: STALE_MS,
    queryFn: async () => {
      const { items } = await request<{ readonly items: readonly PersonView[] }>('/api/people', { query: { group } });
      return items.map((person) => ({ value: person.username, label: person.name }));
    },
  });
}

function groups(): Promise<readonly Choice[]> {
  return queryClient.fetchQuery({
    queryKey: ['groups'],
    staleTime: STALE_MS,
    queryFn: async () => {
      const { items } = await request<{ readonly items: readonly GroupView[] }>('/api/groups');
      return items.map((group) => ({ value: group.groupId, label: group.name }));
    },
  });
}

interface RowQuestion {
  readonly search?: string;
  readonly values?: readonly string[];
  readonly form?: VariableMap;
}

/** The search is the server's: a register may have a hundred thousand rows. */
function rows({ catalog, register }: ReferenceSource, question: RowQuestion): Promise<readonly Choice[]> {
  const { label, filter, fill = {} } = register ?? {};
  // A row that is chosen already is named whether it still fits or not, unless the form asks whether it does.
  if (question.values !== undefined && question.form === undefined)
    return namesOfRows(JSON.stringify({ catalog, label }), question.values);
  const { values, ...rest } = question;
  return suggestions(catalog, {
    ...rest,
    ...(values && { values: [...values] }),
    ...(label !== undefined && { label }),
    ...(filter && { filter: filter.text }),
    fields: [...new Set(Object.values(fill))],
  });
}

const namesOfRows = createAskTogether<Choice>((topic, values) => {
  const { catalog, ...label } = JSON.parse(topic) as { readonly catalog: string; readonly label?: string };
  return suggestions(catalog, { ...label, values: [...values], limit: values.length });
});

async function suggestions(catalog: string, body: RegisterSuggestionQuery): Promise<readonly Choice[]> {
  const { items } = await request<RegisterSuggestions>(`/api/registers/${catalog}/suggestions`, {
    method: 'POST',
    body,
  });
  return items.map((item) => ({ ...item, values: item.values as VariableMap }));
}
