import type { TFunction } from 'i18next';

/** «идёт 3 дела»; nobody says «идёт 0 дел». */
export function runningText(count: number, t: TFunction): string {
  return count === 0 ? t('processes.noCases') : t('processes.running', { count });
}
