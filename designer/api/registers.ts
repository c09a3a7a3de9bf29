import type {
  RegisterChangeView,
  RegisterDetail,
  RegisterRow,
  RegisterRowPage,
  RegisterRowQuery,
  RegisterSummary,
} from '#contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

const PAGE_SIZE = 200;

export type RegisterFilter = Omit<RegisterRowQuery, 'cursor' | 'limit'>;

interface Items<T> {
  readonly items: readonly T[];
}

export const registersQuery = queryOptions({
  queryKey: ['registers'],
  queryFn: async ({ signal }) => (await request<Items<RegisterSummary>>('/api/registers', { signal })).items,
});

export const registerQuery = (registerKey: string) =>
  queryOptions({
    queryKey: ['register', registerKey],
    queryFn: ({ signal }) => request<RegisterDetail>(registerPath(registerKey), { signal }),
  });

export const registerRowsQuery = (registerKey: string, filter: RegisterFilter) =>
  infiniteQueryOptions({
    queryKey: ['register', registerKey, 'rows', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<RegisterRowPage>(`${registerPath(registerKey)}/rows`, {
        query: { ...filter, cursor: pageParam, limit: PAGE_SIZE },
        signal,
      }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const registerRowQuery = (registerKey: string, rowKey: string) =>
  queryOptions({
    queryKey: ['register', registerKey, 'row', rowKey],
    queryFn: ({ signal }) => request<RegisterRow>(rowPath(registerKey, rowKey), { signal }),
    // What is being edited is not taken from under the fingers: the server says when somebody was faster.
    refetchOnWindowFocus: false,
    staleTime: 0,
  });

export const rowHistoryQuery = (registerKey: string, rowKey: string) =>
  queryOptions({
    queryKey: ['register', registerKey, 'row', rowKey, 'history'],
    staleTime: 0,
    queryFn: async ({ signal }) =>
      (await request<Items<RegisterChangeView>>(`${rowPath(registerKey, rowKey)}/history`, { signal })).items,
  });

type Values = Readonly<Record<string, unknown>>;

export function createRow(registerKey: string, values: Values): Promise<RegisterRow> {
  return write<RegisterRow>({ method: 'POST', path: `${registerPath(registerKey)}/rows`, body: { values } });
}

export function updateRow(
  registerKey: string,
  row: { readonly rowKey: string; readonly version: number; readonly values: Values },
): Promise<RegisterRow> {
  const { rowKey, version, values } = row;
  return write<RegisterRow>({ method: 'PUT', path: rowPath(registerKey, rowKey), body: { values, version } });
}

export function deleteRow(registerKey: string, { rowKey, version }: RegisterRow): Promise<void> {
  return write<void>({ method: 'DELETE', path: `${rowPath(registerKey, rowKey)}?version=${version}` });
}

export function registerPath(registerKey: string): string {
  return `/api/registers/${encodeURIComponent(registerKey)}`;
}

function rowPath(registerKey: string, rowKey: string): string {
  return `${registerPath(registerKey)}/rows/${encodeURIComponent(rowKey)}`;
}
