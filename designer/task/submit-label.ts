import type { Language } from '#contract';

/** The label the form's author gave to the primary action (`i18n.<language>.submit`), Russian when the other is missing. */
export function submitLabel(definition: unknown, language: Language): string | undefined {
  return textOf(definition, language) ?? textOf(definition, 'ru');
}

function textOf(definition: unknown, language: Language): string | undefined {
  const texts = property(property(definition, 'i18n'), language);
  const label = property(texts, 'submit');
  return typeof label === 'string' && label.trim() !== '' ? label : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
