import type { FormFragmentList, SaveFormFragment } from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { request } from './request.ts';
import { write } from './write.ts';

export const formFragmentsQuery = queryOptions({
  queryKey: ['form-fragments'],
  queryFn: async ({ signal }) => (await request<FormFragmentList>('/api/form-fragments', { signal })).items,
});

export function saveFormFragment(fragmentId: string, body: SaveFormFragment): Promise<void> {
  return write<void>({ method: 'PUT', path: fragmentPath(fragmentId), body });
}

export function deleteFormFragment(fragmentId: string): Promise<void> {
  return write<void>({ method: 'DELETE', path: fragmentPath(fragmentId) });
}

function fragmentPath(fragmentId: string): string {
  return `/api/form-fragments/${encodeURIComponent(fragmentId)}`;
}
