import type {
  CaseDecisionPage,
  CaseDetail,
  CasePage,
  CaseQuery,
  CaseWaitView,
  DiagramView,
  DocumentView,
  FileView,
  MailView,
  StoryPage,
  VariableView,
} from '#contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

const PAGE_SIZE = 50;
const REFRESH_MS = 30_000;

export type CaseListFilter = Omit<CaseQuery, 'cursor' | 'limit'>;

/** Lists that are never paged are still objects on the wire, so that a field can be added. */
interface Items<T> {
  readonly items: readonly T[];
}

export const casesQuery = (filter: CaseListFilter) =>
  infiniteQueryOptions({
    queryKey: ['cases', filter],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<CasePage>('/api/cases', { query: { ...filter, cursor: pageParam, limit: PAGE_SIZE }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: REFRESH_MS,
  });

export const caseSearchQuery = (search: string) =>
  queryOptions({
    queryKey: ['case-search', search],
    queryFn: async ({ signal }) =>
      (await request<CasePage>('/api/cases', { query: { search, limit: 6 }, signal })).items,
  });

export const caseQuery = (caseKey: string) =>
  queryOptions({
    queryKey: ['case', caseKey],
    queryFn: ({ signal }) => request<CaseDetail>(casePath(caseKey), { signal }),
    refetchInterval: REFRESH_MS,
  });

export const storyQuery = (caseKey: string) =>
  infiniteQueryOptions({
    queryKey: ['case', caseKey, 'story'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<StoryPage>(`${casePath(caseKey)}/story`, { query: { cursor: pageParam, limit: PAGE_SIZE }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const waitsQuery = (caseKey: string) =>
  queryOptions({
    queryKey: ['case', caseKey, 'waits'],
    queryFn: async ({ signal }) => (await request<Items<CaseWaitView>>(`${casePath(caseKey)}/waits`, { signal })).items,
    refetchInterval: REFRESH_MS,
  });

export const decisionsQuery = (caseKey: string) =>
  infiniteQueryOptions({
    queryKey: ['case', caseKey, 'decisions'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      request<CaseDecisionPage>(`${casePath(caseKey)}/decisions`, { query: { cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });

export const diagramQuery = (caseKey: string) =>
  queryOptions({
    queryKey: ['case', caseKey, 'diagram'],
    queryFn: ({ signal }) => request<DiagramView>(`${casePath(caseKey)}/diagram`, { signal }),
    refetchInterval: REFRESH_MS,
  });

export const mailsQuery = (caseKey: string) => part<MailView>(caseKey, 'mails');
export const filesQuery = (caseKey: string) => part<FileView>(caseKey, 'files');
export const documentsQuery = (caseKey: string) => part<DocumentView>(caseKey, 'documents');
export const variablesQuery = (caseKey: string) => part<VariableView>(caseKey, 'variables');

/** The case goes on: what came meanwhile happens, and what has become due. */
export function resumeCase(caseKey: string): Promise<void> {
  return write<void>({ method: 'POST', path: `/api/process-instances/${encodeURIComponent(caseKey)}/resumption` });
}

function part<T>(caseKey: string, name: 'mails' | 'files' | 'documents' | 'variables') {
  return queryOptions({
    queryKey: ['case', caseKey, name],
    queryFn: async ({ signal }) => (await request<Items<T>>(`${casePath(caseKey)}/${name}`, { signal })).items,
  });
}

function casePath(caseKey: string): string {
  return `/api/cases/${encodeURIComponent(caseKey)}`;
}
