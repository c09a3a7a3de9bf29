import { readForm } from '#engine';

const column = { type: 'string' };

/** A form with one of each: plain, required, computed, conditional fields, and a table. */
export const VISIT = {
  $schema: 'form/1',
  key: 'visit',
  title: { ru: 'Отчёт о выезде' },
  data: {
    type: 'object',
    required: ['cause'],
    properties: {
      cause: { type: 'string' },
      price: { type: 'integer' },
      total: { type: 'integer', readOnly: true, 'x-value': 'price' },
      refusal: { type: 'string', 'x-visible': 'price > 100' },
      works: {
        type: 'array',
        items: { type: 'object', properties: { part: column, count: { type: 'integer' }, note: column } },
      },
    },
  },
  layout: {
    type: 'VerticalLayout',
    elements: [
      { type: 'Group', i18n: 'what', elements: ['cause', 'refusal'].map(control) },
      { type: 'Group', i18n: 'money', elements: ['price', 'total'].map(control) },
      control('works'),
    ],
  },
  i18n: {
    ru: {
      'what.label': 'Что случилось',
      'money.label': 'Деньги',
      'cause.label': 'Причина',
      'price.label': 'Цена',
      'total.label': 'Итого',
      'refusal.label': 'Отказ',
      'works.label': 'Работы',
      'works.part.label': 'Деталь',
      'works.count.label': 'Число',
      'works.note.label': 'Примечание',
    },
  },
};

export const visitForm = readForm(VISIT);

function control(name: string): object {
  return { type: 'Control', scope: `#/properties/${name}` };
}
