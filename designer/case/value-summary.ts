import type { Language } from '#contract';
import { i18n } from '../texts/i18n.ts';

const LONGEST = 160;

/** A JSON value in one line: short ones as they are, lists and objects by their size. */
export function valueSummary(value: unknown, language: Language): string {
  const t = i18n.getFixedT(language);
  if (value === null || value === undefined) return t('common.empty');
  if (typeof value === 'boolean') return t(value ? 'common.yes' : 'common.no');
  if (typeof value === 'string') return oneLine(value);
  if (Array.isArray(value)) return t('values.list', { count: value.length });
  if (typeof value === 'object') return t('values.object', { count: Object.keys(value).length });
  return typeof value === 'number' ? String(value) : '';
}

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST).trimEnd()}…` : line;
}

/** Lists, objects and long texts have more to show than their summary. */
export function hasMore(value: unknown): boolean {
  return (
    (typeof value === 'object' && value !== null) ||
    (typeof value === 'string' && (value.length > LONGEST || value.includes('\n')))
  );
}
