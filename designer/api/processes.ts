import type { EditedSteps, EditedStepsReport, ProcessDesign, ProcessList, ProcessPublished } from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

export const processesQuery = queryOptions({
  queryKey: ['processes'],
  queryFn: ({ signal }) => request<ProcessList>('/api/processes', { signal }),
});

/** Counts and suspensions change under the editor; what is edited stands apart from it. */
export const processQuery = (processId: string) =>
  queryOptions({
    queryKey: ['processes', processId],
    queryFn: ({ signal }) => request<ProcessDesign>(processPath(processId), { signal }),
  });

/** What lint would say to these forms; nothing is published. */
export const checkStepsQuery = (processId: string, edited: EditedSteps) =>
  queryOptions({
    queryKey: ['processes', processId, 'check', edited],
    gcTime: 0,
    queryFn: ({ signal }) =>
      request<EditedStepsReport>(`${processPath(processId)}/check`, { method: 'POST', body: edited, signal }),
  });

export function publishSteps(processId: string, edited: EditedSteps): Promise<ProcessPublished> {
  return write<ProcessPublished>({ method: 'POST', path: `${processPath(processId)}/publication`, body: edited });
}

/** A version starts nothing new, or starts again; with its running cases, if they are to follow. */
export function suspendVersion(
  processDefinitionKey: string,
  { suspended, withInstances }: { readonly suspended: boolean; readonly withInstances: boolean },
): Promise<{ readonly batchOperationKey: string | null }> {
  const verb = suspended ? 'suspension' : 'resumption';
  return write({
    method: 'POST',
    path: `/api/process-definitions/${processDefinitionKey}/${verb}`,
    body: { withInstances },
  });
}

function processPath(processId: string): string {
  return `/api/processes/${encodeURIComponent(processId)}`;
}
