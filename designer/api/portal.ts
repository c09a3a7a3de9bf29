import type { PortalCaseDetail, PortalCasePage, PortalStart } from '#contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';

const PAGE_SIZE = 20;
const REFRESH_MS = 60_000;

export const portalStartsQuery = queryOptions({
  queryKey: ['portal', 'starts'],
  queryFn: ({ signal }) => request<{ readonly items: readonly PortalStart[] }>('/api/portal/starts', { signal }),
});

export const portalCasesQuery = infiniteQueryOptions({
  queryKey: ['portal', 'cases'],
  initialPageParam: undefined as string | undefined,
  queryFn: ({ pageParam, signal }) =>
    request<PortalCasePage>('/api/portal/cases', { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
  getNextPageParam: (page) => page.nextCursor ?? undefined,
  refetchInterval: REFRESH_MS,
});

export const portalCaseQuery = (caseKey: string) =>
  queryOptions({
    queryKey: ['portal', 'case', caseKey],
    queryFn: ({ signal }) => request<PortalCaseDetail>(`/api/portal/cases/${encodeURIComponent(caseKey)}`, { signal }),
    refetchInterval: REFRESH_MS,
  });
