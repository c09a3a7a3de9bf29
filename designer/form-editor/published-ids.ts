import { createContext, useContext } from 'react';

/** Identities of the fields of the published version: their keys are in use and follow no label any more. */
export const PublishedIds = createContext<ReadonlySet<string>>(new Set());

export function usePublishedIds(): ReadonlySet<string> {
  return useContext(PublishedIds);
}
