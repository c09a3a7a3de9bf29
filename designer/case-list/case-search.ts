import type { CaseQuery } from '#contract';
import type { CaseListFilter } from '../api/cases.ts';

export type CaseState = NonNullable<CaseQuery['state']>;
export const CASE_STATES: readonly CaseState[] = ['ACTIVE', 'INCIDENT', 'COMPLETED', 'TERMINATED'];

export interface CaseSearch {
  readonly q?: string;
  readonly state?: CaseState;
}

/** Reads the address of the case list; what does not belong there is dropped. */
export function readCaseSearch(search: Readonly<Record<string, unknown>>): CaseSearch {
  const q = typeof search.q === 'number' ? String(search.q) : search.q;
  const state = CASE_STATES.find((candidate) => candidate === search.state);
  return {
    ...(typeof q === 'string' && q !== '' ? { q: q.slice(0, 200) } : {}),
    ...(state === undefined ? {} : { state }),
  };
}

export function caseFilter({ q, state }: CaseSearch): CaseListFilter {
  return { ...(q === undefined ? {} : { search: q }), ...(state === undefined ? {} : { state }) };
}
