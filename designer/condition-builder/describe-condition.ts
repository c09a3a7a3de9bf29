import { formatMoney } from '#engine';
import { dateText } from '../form-viewer/date-text.ts';
import { arityOf, type ConditionField, type ConditionModel, type ConditionRow } from './condition-model.ts';
import { conditionTexts, operatorText } from './texts.ts';

/** A piece of a sentence; fields and values are shown apart from the words between them. */
export interface ConditionWords {
  readonly text: string;
  readonly kind: 'word' | 'field' | 'value';
}

const SIGNS: Partial<Record<ConditionRow['operator'], string>> = {
  equals: '=',
  'not-equals': '≠',
  less: '<',
  'at-most': '≤',
  greater: '>',
  'at-least': '≥',
};

/** «*Тип* = *Недовоз* и *Сумма* > *1 000,00 ₽*»: the condition in words, for a sentence that begins «Показывать, если …». */
export function describeCondition(
  { join, rows }: ConditionModel,
  fields: readonly ConditionField[],
  language: 'ru' | 'en',
): readonly ConditionWords[] {
  const texts = conditionTexts[language];
  return rows.flatMap((row, index) => {
    const between: readonly ConditionWords[] =
      index === 0 ? [] : [{ kind: 'word', text: ` ${join === 'all' ? texts.and : texts.or} ` }];
    return [...between, ...describeRow(row, fields, language)];
  });
}

/** The same as one text. */
export function conditionSentence(
  model: ConditionModel,
  fields: readonly ConditionField[],
  language: 'ru' | 'en',
): string {
  return describeCondition(model, fields, language)
    .map(({ text }) => text)
    .join('');
}

function describeRow(row: ConditionRow, fields: readonly ConditionField[], language: 'ru' | 'en'): ConditionWords[] {
  const { operator, values } = row;
  const field = fields.find(({ name }) => name === row.field);
  const kind = field?.kind ?? 'text';
  const sign = kind === 'date' && operator !== 'equals' && operator !== 'not-equals' ? undefined : SIGNS[operator];
  const words: ConditionWords[] = [
    { kind: 'field', text: field?.label ?? row.field },
    { kind: 'word', text: ` ${sign ?? operatorText(operator, kind, language)}` },
  ];
  const arity = arityOf(operator);
  for (const [index, value] of values.entries()) {
    const before = index === 0 ? ' ' : arity === 'many' ? ', ' : ` ${conditionTexts[language].and} `;
    words.push({ kind: 'word', text: before }, { kind: 'value', text: valueText(value, field, language) });
  }
  return words;
}

/** A value as a person reads it. */
export function valueText(value: string, field: ConditionField | undefined, language: 'ru' | 'en'): string {
  switch (field?.kind) {
    case 'money':
      return formatMoney(Number(value), language);
    case 'date':
      return dateText(value, language);
    case 'number':
      return language === 'ru' ? value.replace('.', ',').replace('-', '−') : value;
    case 'choice':
    case 'list':
      return field.choices?.find((choice) => choice.value === value)?.label ?? value;
    default:
      return value === '' ? '""' : value;
  }
}
