export const CASE_TABS = ['story', 'waits', 'decisions', 'facts', 'mail', 'diagram', 'values'] as const;
export type CaseTab = (typeof CASE_TABS)[number];

/** The tab in the address of a case; the story when none is said. */
export function readCaseTab(search: Readonly<Record<string, unknown>>): { readonly tab?: CaseTab } {
  const tab = CASE_TABS.find((candidate) => candidate === search.tab);
  return tab === undefined || tab === 'story' ? {} : { tab };
}
