import type { SchemaValidator } from '#engine';
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { loadValidator } from './load-validator.ts';

/** The precompiled validator at an address, which never changes there; undefined where there is no form. */
export function useValidator(url: string | undefined): UseQueryResult<SchemaValidator> {
  return useQuery({
    queryKey: ['form-validator', url],
    enabled: url !== undefined,
    staleTime: Infinity,
    queryFn: () => loadValidator(url ?? ''),
  });
}
