import type {
  EvaluateForm,
  FormDesign,
  FormDraftSaved,
  FormEvaluated,
  FormImpact,
  FormList,
  FormPreview,
  FormPublished,
  FormVariables,
  FormVersionList,
  SaveFormDraft,
} from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

export const formsQuery = queryOptions({
  queryKey: ['forms'],
  queryFn: ({ signal }) => request<FormList>('/api/forms', { signal }),
});

/** Read once, when the editor opens: from then on the editor holds the truth until it saves. */
export const formQuery = (formId: string) =>
  queryOptions({
    queryKey: ['forms', formId],
    queryFn: ({ signal }) => request<FormDesign>(formPath(formId), { signal }),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

/** For whoever shows what is published, and edits something else. */
export const publishedFormQuery = (formId: string) =>
  queryOptions({
    queryKey: ['published-form', formId],
    queryFn: ({ signal }) => request<FormDesign>(formPath(formId), { signal }),
  });

/** What the processes that show the form know beside it. An offer: without an answer there is nothing to offer. */
export const formVariablesQuery = (formId: string) =>
  queryOptions({
    queryKey: ['form-variables', formId],
    queryFn: ({ signal }) => request<FormVariables>(`${formPath(formId)}/variables`, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export const formVersionsQuery = (formId: string) =>
  queryOptions({
    queryKey: ['form-versions', formId],
    queryFn: ({ signal }) => request<FormVersionList>(`${formPath(formId)}/versions`, { signal }),
    staleTime: 0,
  });

export function readForm(formId: string): Promise<FormDesign> {
  return request<FormDesign>(formPath(formId));
}

export function readFormVersion(formId: string, version: number): Promise<Readonly<Record<string, unknown>>> {
  return request(`${formPath(formId)}/versions/${version}`);
}

export function saveFormDraft(formId: string, body: SaveFormDraft): Promise<FormDraftSaved> {
  return write<FormDraftSaved>({ method: 'PUT', path: `${formPath(formId)}/draft`, body });
}

/** Against the version that is published: read anew each time, the draft has just been saved. */
export function readFormImpact(formId: string): Promise<FormImpact> {
  return request<FormImpact>(`${formPath(formId)}/impact`);
}

export function discardFormDraft(formId: string): Promise<unknown> {
  return write({ method: 'DELETE', path: `${formPath(formId)}/draft` });
}

export function publishForm(
  formId: string,
  body: { readonly revision: number; readonly note: string; readonly confirmBreaking: boolean },
): Promise<FormPublished> {
  return write<FormPublished>({ method: 'POST', path: `${formPath(formId)}/publication`, body });
}

export function republishForm(formId: string, version: number, note: string): Promise<FormPublished> {
  return write<FormPublished>({
    method: 'POST',
    path: `${formPath(formId)}/versions/${version}/publication`,
    body: { note },
  });
}

export function preparePreview(definition: Readonly<Record<string, unknown>>): Promise<FormPreview> {
  return write<FormPreview>({ method: 'POST', path: '/api/form-previews', body: { definition } });
}

export function evaluateOnServer(body: EvaluateForm): Promise<FormEvaluated> {
  return write<FormEvaluated>({ method: 'POST', path: '/api/form-previews/evaluation', body });
}

function formPath(formId: string): string {
  return `/api/forms/${encodeURIComponent(formId)}`;
}
