import { Refused } from '../http/refused.ts';

/** Where a page of the story ended. The newest comes first; at one instant history, then documents, then mail (it came before what it caused). */
export interface StoryPlace {
  readonly at: number;
  readonly source: StorySource;
  readonly key: number;
  readonly sequence: number;
}

const STORY_SOURCES = ['history', 'document', 'mail'] as const;
export type StorySource = (typeof STORY_SOURCES)[number];

export function writeStoryCursor({ at, source, key, sequence }: StoryPlace): string {
  return Buffer.from(JSON.stringify([at, STORY_SOURCES.indexOf(source), key, sequence])).toString('base64url');
}

/** @throws Refused `invalid-request` */
export function readStoryCursor(text: string): StoryPlace {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts) && parts.length === 4 && parts.every((part) => Number.isSafeInteger(part))) {
      const [at, index, key, sequence] = parts as [number, number, number, number];
      const source = STORY_SOURCES[index];
      if (source !== undefined) return { at, source, key, sequence };
    }
  } catch {
    // Not ours; told below.
  }
  throw new Refused('invalid-request', {
    ru: 'Параметр cursor не читается. Передайте nextCursor предыдущей страницы без изменений.',
    en: 'The parameter cursor cannot be read. Pass nextCursor of the page before unchanged.',
  });
}

/** Newest first. */
export function compareStory(a: StoryPlace, b: StoryPlace): number {
  return (
    b.at - a.at ||
    STORY_SOURCES.indexOf(a.source) - STORY_SOURCES.indexOf(b.source) ||
    b.key - a.key ||
    b.sequence - a.sequence
  );
}

/** The SQL condition of what comes after a place, for rows of one source with the given columns. */
export function afterPlace(
  place: StoryPlace | null,
  rows: { readonly source: StorySource; readonly at: string; readonly key: string; readonly sequence?: string },
): { readonly sql: string; readonly parameters: readonly number[] } {
  if (place === null) return { sql: '1 = 1', parameters: [] };
  const order = STORY_SOURCES.indexOf(rows.source) - STORY_SOURCES.indexOf(place.source);
  if (order < 0) return { sql: `${rows.at} < ?`, parameters: [place.at] };
  if (order > 0) return { sql: `${rows.at} <= ?`, parameters: [place.at] };
  const { at, key, sequence } = place;
  if (rows.sequence === undefined) {
    return { sql: `${rows.at} < ? OR (${rows.at} = ? AND ${rows.key} < ?)`, parameters: [at, at, key] };
  }
  return {
    sql: `${rows.at} < ? OR (${rows.at} = ? AND (${rows.key} < ? OR (${rows.key} = ? AND ${rows.sequence} < ?)))`,
    parameters: [at, at, key, key, sequence],
  };
}
