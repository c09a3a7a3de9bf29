import {
  FORM_LANGUAGES,
  type FormAssert,
  type FormField,
  type FormLanguage,
  type FormTexts,
  type LayoutNode,
} from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord } from './json-checks.ts';

const MAX_TEXT_LENGTH = 2_000;
/** What the primary action of the task says, e.g. «Отправить на разбор». */
const SUBMIT_TEXT = 'submit';

/** Reads `i18n` into one map per language. */
export function readTexts(json: unknown, problems: ProblemList): FormTexts {
  const texts = { ru: new Map<string, string>(), en: new Map<string, string>() };
  if (!isRecord(json)) {
    problems.add('/i18n', 'i18n must hold the texts by language', 'Write {"ru": {"name.label": "…"}, "en": {…}}.');
    return texts;
  }
  for (const [language, table] of Object.entries(json)) {
    if (!FORM_LANGUAGES.includes(language as FormLanguage) || !isRecord(table)) {
      problems.add(
        `/i18n/${language}`,
        `Language "${language}" is not supported or not a table of texts`,
        'Use "ru" and "en".',
      );
      continue;
    }
    for (const [key, text] of Object.entries(table)) {
      if (typeof text === 'string' && text !== '' && text.length <= MAX_TEXT_LENGTH)
        texts[language as FormLanguage].set(key, text);
      else
        problems.add(
          `/i18n/${language}/${key}`,
          `A text must be a string of 1 to ${MAX_TEXT_LENGTH} characters`,
          'Write the text or remove the key.',
        );
    }
  }
  return texts;
}

interface TextNeeds {
  readonly fields: readonly FormField[];
  readonly layout: LayoutNode;
  readonly asserts: readonly FormAssert[];
}

/** Every needed text must exist in Russian (a problem if not) and should in English (a warning). */
export function checkTexts(
  texts: FormTexts,
  needs: TextNeeds,
  lists: { problems: ProblemList; warnings: ProblemList },
): void {
  for (const key of neededKeys(needs)) {
    if (!texts.ru.has(key))
      lists.problems.add(`/i18n/ru/${key}`, `The Russian text "${key}" is missing`, 'Add it: it is what people read.');
    if (!texts.en.has(key))
      lists.warnings.add(
        `/i18n/en/${key}`,
        `The English text "${key}" is missing`,
        'Until it is added the Russian one is shown.',
      );
  }
  const known = knownKeys(needs);
  for (const language of FORM_LANGUAGES) {
    for (const key of texts[language].keys()) {
      if (!known.has(key))
        lists.warnings.add(
          `/i18n/${language}/${key}`,
          `The text "${key}" belongs to nothing in the form`,
          'Remove it or correct the key.',
        );
    }
  }
}

function neededKeys({ fields, layout, asserts }: TextNeeds): ReadonlySet<string> {
  const fieldKeys = fields.flatMap((field) => [
    `${field.name}.label`,
    ...(field.choices ?? []).map((choice) => `${field.name}.options.${choice}`),
  ]);
  return new Set([...fieldKeys, ...layoutKeys(layout), ...asserts.map((assert) => assert.message)]);
}

function knownKeys(needs: TextNeeds): ReadonlySet<string> {
  const optional = needs.fields.flatMap(({ name }) =>
    ['help', 'placeholder', 'pattern'].map((part) => `${name}.${part}`),
  );
  return new Set([...neededKeys(needs), ...optional, SUBMIT_TEXT]);
}

function layoutKeys(node: LayoutNode): readonly string[] {
  switch (node.kind) {
    case 'control':
      return node.table?.addLabel === undefined ? [] : [node.table.addLabel];
    case 'divider':
      return [];
    case 'label':
    case 'markdown':
      return [`${node.i18n}.text`];
    case 'group':
    case 'category':
      return [`${node.i18n}.label`, ...node.children.flatMap(layoutKeys)];
    case 'vertical':
    case 'horizontal':
    case 'categorization':
      return node.children.flatMap(layoutKeys);
  }
}
