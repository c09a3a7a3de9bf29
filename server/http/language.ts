import type { Language } from '#contract';

/**
 * The language a person asked for in `Accept-Language` (RFC 9110 §12.5.4): the better weighted of Russian and English,
 * Russian when neither is named or both weigh the same.
 */
export function languageOf(acceptLanguage: string | undefined): Language {
  let ru = 0;
  let en = 0;
  for (const part of (acceptLanguage ?? '').slice(0, 500).split(',')) {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const weight = Number(
      parameters
        .find((text) => text.trim().startsWith('q='))
        ?.trim()
        .slice(2) ?? '1',
    );
    if (!(weight > 0)) continue;
    if (tag === 'ru' || tag.startsWith('ru-')) ru = Math.max(ru, weight);
    if (tag === 'en' || tag.startsWith('en-')) en = Math.max(en, weight);
  }
  return en > ru ? 'en' : 'ru';
}
