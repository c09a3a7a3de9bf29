import type { FormField, FormLanguage } from './form-definition.ts';
import type { ErrorKeyword, Finding } from './form-error.ts';
import { formatBytes, formatMoney, formatNumber, plural } from './format-value.ts';
import { kindOf } from './kinds/field-kinds.ts';

/**
 * Our own texts by keyword (ajv-i18n's Russian is technical). Each says what to do and names the field, because the same text is
 * read under the field, in the summary above the form, in a screen reader and in an API answer.
 */
type Wording = (label: string, params: Finding['params'], field: FormField | undefined) => string;
type Wordings = { readonly [K in Exclude<ErrorKeyword, 'x-assert'>]: Wording };

const count = (params: Finding['params']): number => Number(params['limit']);

const word = (params: Finding['params'], name: string): string => {
  const value = params[name];
  return typeof value === 'string' ? value : '';
};

const amount = (language: FormLanguage, params: Finding['params'], field: FormField | undefined): string => {
  if (field?.kind === 'money') return formatMoney(count(params), language);
  return `${formatNumber(count(params), language)}${field?.kind === 'percent' ? '\u00a0%' : ''}`;
};

const RU: Wordings = {
  required: (label) => `Заполните поле «${label}».`,
  type: (label) => `«${label}»: значение неподходящего вида.`,
  enum: (label) => `«${label}»: выберите значение из списка.`,
  options: (label) => `«${label}»: выбранного значения больше нет в списке, выберите другое.`,
  minLength: (label, params) =>
    `«${label}»: напишите не короче ${count(params)} ${plural('ru', count(params), ['символа', 'символов', 'символов'])}.`,
  maxLength: (label, params) =>
    `«${label}»: не длиннее ${count(params)} ${plural('ru', count(params), ['символа', 'символов', 'символов'])}.`,
  pattern: (label) => `«${label}»: значение записано не так, как нужно.`,
  format: (label) => `«${label}»: значение записано не так, как нужно.`,
  minimum: (label, params, field) => `«${label}»: не меньше ${amount('ru', params, field)}.`,
  maximum: (label, params, field) => `«${label}»: не больше ${amount('ru', params, field)}.`,
  exclusiveMinimum: (label, params, field) => `«${label}»: больше ${amount('ru', params, field)}.`,
  exclusiveMaximum: (label, params, field) => `«${label}»: меньше ${amount('ru', params, field)}.`,
  multipleOf: (label, params) =>
    `«${label}»: число должно быть кратно ${formatNumber(Number(params['multipleOf']), 'ru')}.`,
  minItems: (label, params) => `«${label}»: нужно не меньше ${count(params)}.`,
  maxItems: (label, params) => `«${label}»: можно не больше ${count(params)}.`,
  uniqueItems: (label) => `«${label}»: одно значение выбрано дважды.`,
  fileReference: (label) => `«${label}»: файл не загружен до конца, приложите его ещё раз.`,
  fileType: (label, params) => `«${label}»: файл «${word(params, 'name')}» такого вида приложить нельзя.`,
  fileSize: (label, params) => `«${label}»: файл «${word(params, 'name')}» больше ${formatBytes(count(params), 'ru')}.`,
  tooDeep: (_label, params) => `Данные вложены глубже ${count(params)} уровней.`,
};

const EN: Wordings = {
  required: (label) => `Fill in “${label}”.`,
  type: (label) => `“${label}” has a value of the wrong kind.`,
  enum: (label) => `“${label}”: choose a value from the list.`,
  options: (label) => `“${label}”: the chosen value is no longer in the list, choose another.`,
  minLength: (label, params) =>
    `“${label}”: write at least ${count(params)} ${plural('en', count(params), ['character', 'characters', 'characters'])}.`,
  maxLength: (label, params) =>
    `“${label}”: at most ${count(params)} ${plural('en', count(params), ['character', 'characters', 'characters'])}.`,
  pattern: (label) => `“${label}” is not written as it should be.`,
  format: (label) => `“${label}” is not written as it should be.`,
  minimum: (label, params, field) => `“${label}”: at least ${amount('en', params, field)}.`,
  maximum: (label, params, field) => `“${label}”: at most ${amount('en', params, field)}.`,
  exclusiveMinimum: (label, params, field) => `“${label}”: more than ${amount('en', params, field)}.`,
  exclusiveMaximum: (label, params, field) => `“${label}”: less than ${amount('en', params, field)}.`,
  multipleOf: (label, params) =>
    `“${label}” must be a multiple of ${formatNumber(Number(params['multipleOf']), 'en')}.`,
  minItems: (label, params) => `“${label}”: at least ${count(params)} needed.`,
  maxItems: (label, params) => `“${label}”: at most ${count(params)} allowed.`,
  uniqueItems: (label) => `“${label}”: a value is chosen twice.`,
  fileReference: (label) => `“${label}”: a file was not uploaded completely, attach it again.`,
  fileType: (label, params) => `“${label}”: a file like “${word(params, 'name')}” cannot be attached.`,
  fileSize: (label, params) =>
    `“${label}”: the file “${word(params, 'name')}” is larger than ${formatBytes(count(params), 'en')}.`,
  tooDeep: (_label, params) => `The data is nested deeper than ${count(params)} levels.`,
};

const CATALOG: { readonly [L in FormLanguage]: Wordings } = { ru: RU, en: EN };

interface MessageOptions {
  readonly language: FormLanguage;
  readonly label: string;
  readonly field: FormField | undefined;
}

/** The catalog's sentence for a finding. `x-assert` is not here: its text is the author's. */
export function errorMessage(finding: Finding, { language, label, field }: MessageOptions): string {
  if (finding.keyword === 'x-assert') throw new Error('Expected the text of an x-assert to come from the form');
  const own = field && kindOf(field).words?.[language][finding.keyword];
  return own ? own(label, finding.params, field) : CATALOG[language][finding.keyword](label, finding.params, field);
}
