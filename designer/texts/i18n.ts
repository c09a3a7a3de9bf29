import type { Language } from '#contract';
import { createInstance } from 'i18next';
import { caseTexts } from '../case/texts.ts';
import { expressionTexts } from '../expressions/texts.ts';
import { processTexts } from '../process-forms/texts.ts';
import { portalTexts } from '../portal/texts.ts';
import { publishTexts } from '../publish/texts.ts';
import { registerTexts } from '../registers/texts.ts';
import { startTexts } from '../start/texts.ts';
import { taskTexts } from '../task/texts.ts';
import { workListTexts } from '../work-list/texts.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

const STORED = 'reglament-language';

/** The common texts, and those of each room under its name: one line for a room. */
export const TEXTS = {
  ru: {
    ...ru,
    ...caseTexts.ru,
    tasks: workListTexts.ru,
    task: taskTexts.ru,
    expressions: expressionTexts.ru,
    registers: registerTexts.ru,
    processes: processTexts.ru,
    start: startTexts.ru,
    portal: portalTexts.ru,
    publish: publishTexts.ru,
  },
  en: {
    ...en,
    ...caseTexts.en,
    tasks: workListTexts.en,
    task: taskTexts.en,
    expressions: expressionTexts.en,
    registers: registerTexts.en,
    processes: processTexts.en,
    start: startTexts.en,
    portal: portalTexts.en,
    publish: publishTexts.en,
  },
} as const;

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: (typeof TEXTS)['ru'] };
    returnNull: false;
  }
}

/** The one i18next instance. Russian unless the person chose English; no text is loaded later, so nothing flickers. */
export const i18n = createInstance({
  lng: storedLanguage(),
  fallbackLng: 'ru',
  supportedLngs: ['ru', 'en'],
  resources: { ru: { translation: TEXTS.ru }, en: { translation: TEXTS.en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
void i18n.init();

export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'ru';
}

/** Switches every text at once and remembers the choice on this device. */
export function chooseLanguage(language: Language): void {
  try {
    localStorage.setItem(STORED, language);
  } catch {
    // Without storage the choice lasts until the page is closed.
  }
  void i18n.changeLanguage(language);
}

function storedLanguage(): Language {
  try {
    return localStorage.getItem(STORED) === 'en' ? 'en' : 'ru';
  } catch {
    return 'ru';
  }
}
