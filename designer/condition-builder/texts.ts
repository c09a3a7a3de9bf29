import type { ConditionKind, ConditionOperator } from './condition-model.ts';

type Operators = Readonly<Record<ConditionOperator, string>>;

/** Operators as the lines offer them. */
const operatorsRu: Operators = {
  equals: 'равно',
  'not-equals': 'не равно',
  less: 'меньше',
  'at-most': 'не больше',
  greater: 'больше',
  'at-least': 'не меньше',
  between: 'в пределах',
  'one-of': 'одно из',
  'none-of': 'ни одно из',
  contains: 'содержит',
  'not-contains': 'не содержит',
  'starts-with': 'начинается с',
  yes: 'да',
  no: 'нет',
  'before-today': 'раньше сегодня',
  today: 'сегодня',
  'after-today': 'позже сегодня',
  empty: 'не заполнено',
  filled: 'заполнено',
};

const operatorsEn: Operators = {
  equals: 'is',
  'not-equals': 'is not',
  less: 'is less than',
  'at-most': 'is at most',
  greater: 'is more than',
  'at-least': 'is at least',
  between: 'is between',
  'one-of': 'is one of',
  'none-of': 'is none of',
  contains: 'contains',
  'not-contains': 'does not contain',
  'starts-with': 'starts with',
  yes: 'is yes',
  no: 'is no',
  'before-today': 'is before today',
  today: 'is today',
  'after-today': 'is after today',
  empty: 'is empty',
  filled: 'is filled in',
};

/** Dates are before and after, not less and more. */
const ofDatesRu: Partial<Operators> = {
  less: 'раньше',
  'at-most': 'не позже',
  greater: 'позже',
  'at-least': 'не раньше',
};
const ofDatesEn: Partial<Operators> = {
  less: 'is before',
  'at-most': 'is not after',
  greater: 'is after',
  'at-least': 'is not before',
};

const ru = {
  asRows: 'По строкам',
  asFeel: 'FEEL',
  view: 'Как задать условие',
  all: 'выполняются все условия',
  any: 'выполняется хотя бы одно',
  joinLabel: 'Когда',
  field: 'Поле',
  operator: 'Сравнение',
  value: 'Значение',
  from: 'От',
  to: 'До',
  and: 'и',
  or: 'или',
  add: 'Добавить условие',
  remove: 'Удалить условие {{number}}',
  row: 'Условие {{number}}',
  choose: 'Выберите',
  none: 'Без условия',
  incomplete: 'Заполните строку: пока она не учитывается.',
  ownFields: 'Поля формы',
  noFields: 'Полей для условий пока нет.',
  syntax: 'Выражение не читается, поэтому оно показано как FEEL. Исправьте его — и строки вернутся.',
  mixed: 'Здесь «и» вместе с «или»: в строки это не укладывается, поэтому условие показано как FEEL.',
  'unknown-field': '«{{excerpt}}» — не поле из списка, поэтому условие показано как FEEL.',
  'other-form': '«{{excerpt}}» сложнее, чем «поле — сравнение — значение», поэтому условие показано как FEEL.',
};

const en: typeof ru = {
  asRows: 'As lines',
  asFeel: 'FEEL',
  view: 'How the condition is set',
  all: 'all conditions are met',
  any: 'at least one is met',
  joinLabel: 'When',
  field: 'Field',
  operator: 'Comparison',
  value: 'Value',
  from: 'From',
  to: 'To',
  and: 'and',
  or: 'or',
  add: 'Add a condition',
  remove: 'Remove condition {{number}}',
  row: 'Condition {{number}}',
  choose: 'Choose',
  none: 'No condition',
  incomplete: 'Complete the line: it does not count yet.',
  ownFields: 'Fields of the form',
  noFields: 'There are no fields for conditions yet.',
  syntax: 'The expression cannot be read, so it is shown as FEEL. Correct it and the lines come back.',
  mixed: '“And” stands here together with “or”, which lines cannot say, so the condition is shown as FEEL.',
  'unknown-field': '“{{excerpt}}” is no field of the list, so the condition is shown as FEEL.',
  'other-form': '“{{excerpt}}” is more than “field – comparison – value”, so the condition is shown as FEEL.',
};

type Kinds = Readonly<Record<ConditionKind, string>>;
const kindsRu: Kinds = {
  text: 'текст',
  number: 'число',
  money: 'деньги',
  date: 'дата',
  choice: 'выбор',
  boolean: 'да или нет',
  list: 'список',
};
const kindsEn: Kinds = {
  text: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  choice: 'choice',
  boolean: 'yes or no',
  list: 'list',
};

export function kindText(kind: ConditionKind, language: 'ru' | 'en'): string {
  return (language === 'ru' ? kindsRu : kindsEn)[kind];
}

export const conditionTexts = { ru, en };

export function operatorText(operator: ConditionOperator, kind: string, language: 'ru' | 'en'): string {
  const ofDates = kind === 'date' ? (language === 'ru' ? ofDatesRu : ofDatesEn)[operator] : undefined;
  return ofDates ?? (language === 'ru' ? operatorsRu : operatorsEn)[operator];
}
