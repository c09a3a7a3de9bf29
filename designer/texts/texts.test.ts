import assert from 'node:assert/strict';
import { TEXTS } from './i18n.ts';

type Texts = { readonly [key: string]: string | Texts };
const { ru, en } = TEXTS;
const PLURAL = /_(zero|one|two|few|many|other)$/;

describe('texts of the designer', () => {
  it('has the same keys in Russian and in English', () => {
    assert.deepEqual(
      [...keysOf(ru).map(withoutPlural)].filter(unique).sort(),
      keysOf(en).map(withoutPlural).filter(unique).sort(),
    );
  });

  for (const [language, texts] of Object.entries({ ru, en })) {
    it(`has every plural form that ${language} needs, and no other`, () => {
      const needed = [...new Intl.PluralRules(language).resolvedOptions().pluralCategories].sort();
      // i18next takes `zero` for none in any language, where there is one.
      for (const [base, forms] of pluralsOf(texts))
        assert.deepEqual(forms.filter((form) => form !== 'zero' || needed.includes(form)).sort(), needed, base);
    });

    it(`has no empty text in ${language}, and the placeholders of the other language`, () => {
      const others = new Map(entriesOf(language === 'ru' ? en : ru));
      for (const [key, text] of entriesOf(texts)) {
        assert.notEqual(text.trim(), '', key);
        const other = others.get(key);
        if (other !== undefined) assert.deepEqual(placeholders(text), placeholders(other), key);
      }
    });
  }
});

function entriesOf(texts: Texts, prefix = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : entriesOf(value, `${prefix}${key}.`),
  );
}

function keysOf(texts: Texts): string[] {
  return entriesOf(texts).map(([key]) => key);
}

function pluralsOf(texts: Texts): Map<string, string[]> {
  const plurals = new Map<string, string[]>();
  for (const key of keysOf(texts)) {
    const form = PLURAL.exec(key)?.[1];
    if (form !== undefined) plurals.set(withoutPlural(key), [...(plurals.get(withoutPlural(key)) ?? []), form]);
  }
  return plurals;
}

function withoutPlural(key: string): string {
  return key.replace(PLURAL, '');
}

function unique(key: string, index: number, keys: readonly string[]): boolean {
  return keys.indexOf(key) === index;
}

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '').sort();
}
