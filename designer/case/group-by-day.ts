import { formatDayHeading, type Telling } from '../format/instant.ts';

export interface DayGroup<T> {
  readonly day: string;
  readonly entries: readonly T[];
}

/** Neighbours of one day under one heading; the order of the list is kept. */
export function groupByDay<T extends { readonly at: string }>(
  entries: readonly T[],
  telling: Telling,
): readonly DayGroup<T>[] {
  const groups: { day: string; entries: T[] }[] = [];
  for (const entry of entries) {
    const day = formatDayHeading(entry.at, telling);
    const last = groups.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else groups.push({ day, entries: [entry] });
  }
  return groups;
}
