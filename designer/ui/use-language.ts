import type { Language } from '#contract';
import { useTranslation } from 'react-i18next';
import type { Telling } from '../format/instant.ts';
import { useNow } from './use-now.ts';

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'ru';
}

/** How to tell moments here and now; ticks once in `everyMs`. */
export function useTelling(everyMs = 60_000): Telling {
  return { language: useLanguage(), now: useNow(everyMs) };
}
