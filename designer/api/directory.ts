import type { GroupView, PersonView } from '#contract';
import { queryClient } from './query-client.ts';
import { request } from './request.ts';

interface Choice {
  readonly value: string;
  readonly label: string;
}

interface DirectoryQuestion {
  readonly source: { readonly catalog: 'users' | 'groups'; readonly group?: string };
  readonly search?: string;
  readonly values?: readonly string[];
}

const MOST = 50;
const STALE_MS = 60_000;

/** People or groups to choose from, by part of the name; or exactly those with the given values. Lists are kept a minute. */
export async function lookUp({ source, search = '', values }: DirectoryQuestion): Promise<readonly Choice[]> {
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
