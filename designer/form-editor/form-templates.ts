import type { JsonObject } from './document/form-document.ts';

export const TEMPLATES = ['blank', 'request', 'check', 'approval'] as const;
export type TemplateId = (typeof TEMPLATES)[number];

type Field = readonly [name: string, schema: JsonObject, texts: JsonObject, options?: JsonObject];
interface Section {
  readonly title: string;
  /** Names in one row, or one name alone. */
  readonly rows: readonly (readonly string[])[];
}
interface Template {
  readonly required: readonly string[];
  readonly fields: readonly Field[];
  readonly sections: readonly Section[];
}

const WORDS: { readonly [K in Exclude<TemplateId, 'blank'>]: Template } = {
  request: {
    required: ['clientName', 'topic', 'description'],
    fields: [
      ['clientName', { type: 'string' }, { label: 'Как к вам обращаться' }],
      ['phone', { type: 'string', format: 'phone', 'x-required': 'email = null' }, { label: 'Телефон' }],
      ['email', { type: 'string', format: 'email', 'x-required': 'phone = null' }, { label: 'Эл. почта' }],
      [
        'topic',
        { type: 'string', enum: ['question', 'defect', 'delivery'] },
        {
          label: 'Тема',
          'options.question': 'Вопрос',
          'options.defect': 'Неисправность',
          'options.delivery': 'Доставка',
        },
        { widget: 'radio' },
      ],
      ['description', { type: 'string' }, { label: 'Что случилось' }, { widget: 'textarea' }],
      [
        'photos',
        { type: 'array', 'x-files': { kind: 'photo' }, 'x-visible': 'topic = "defect"' },
        { label: 'Фото неисправности' },
      ],
    ],
    sections: [
      { title: 'Клиент', rows: [['clientName'], ['phone', 'email']] },
      { title: 'Обращение', rows: [['topic'], ['description'], ['photos']] },
    ],
  },
  check: {
    required: ['product', 'serial', 'photos', 'verdict'],
    fields: [
      ['product', { type: 'string' }, { label: 'Изделие' }],
      ['serial', { type: 'string', format: 'serial' }, { label: 'Серийный номер', help: 'На шильдике' }],
      ['inspectedOn', { type: 'string', format: 'date' }, { label: 'Дата осмотра' }],
      ['photos', { type: 'array', 'x-files': { kind: 'photo' }, minItems: 1 }, { label: 'Фото' }],
      [
        'verdict',
        { type: 'string', enum: ['ok', 'repair', 'replace'] },
        {
          label: 'Вывод',
          'options.ok': 'Исправно',
          'options.repair': 'Нужен ремонт',
          'options.replace': 'Нужна замена',
        },
        { widget: 'radio' },
      ],
      [
        'comment',
        { type: 'string', 'x-required': 'verdict != "ok"' },
        { label: 'Комментарий' },
        { widget: 'textarea' },
      ],
    ],
    sections: [
      { title: 'Изделие', rows: [['product', 'serial'], ['inspectedOn'], ['photos']] },
      { title: 'Вывод', rows: [['verdict'], ['comment']] },
    ],
  },
  approval: {
    required: ['decision', 'amount'],
    fields: [
      ['amount', { type: 'integer', format: 'money', minimum: 0 }, { label: 'Сумма' }],
      [
        'decision',
        { type: 'string', enum: ['approve', 'rework', 'reject'] },
        {
          label: 'Решение',
          'options.approve': 'Согласовать',
          'options.rework': 'На доработку',
          'options.reject': 'Отклонить',
        },
        { widget: 'radio' },
      ],
      [
        'comment',
        { type: 'string', 'x-required': 'decision != "approve"' },
        { label: 'Комментарий', help: 'Обязателен, если не согласовано' },
        { widget: 'textarea' },
      ],
    ],
    sections: [{ title: 'Решение', rows: [['amount'], ['decision'], ['comment']] }],
  },
};

/** The definition a new form begins with. */
export function templateForm(id: TemplateId, form: { readonly key: string; readonly title: string }): JsonObject {
  const { required, fields, sections } = id === 'blank' ? { required: [], fields: [], sections: [] } : WORDS[id];
  const control = (name: string): JsonObject => {
    const options = fields.find((field) => field[0] === name)?.[3];
    return { type: 'Control', scope: `#/properties/${name}`, ...(options && { options }) };
  };
  const row = (names: readonly string[]): JsonObject =>
    names.length === 1 ? control(names[0]!) : { type: 'HorizontalLayout', elements: names.map(control) };
  const texts = fields.flatMap(([name, , own]) => Object.entries(own).map(([part, text]) => [`${name}.${part}`, text]));
  const titles = sections.map(({ title }, index) => [`section.s${index + 1}.label`, title]);
  return {
    $schema: 'form/1',
    key: form.key,
    title: { ru: form.title },
    data: {
      type: 'object',
      required,
      properties: Object.fromEntries(fields.map(([name, schema]) => [name, { ...schema, 'x-id': `f_${name}` }])),
    },
    layout: {
      type: 'VerticalLayout',
      elements: sections.map(({ rows }, index) => ({
        type: 'Group',
        i18n: `section.s${index + 1}`,
        elements: rows.map(row),
      })),
    },
    i18n: { ru: Object.fromEntries([...titles, ...texts]) as JsonObject, en: {} },
  };
}
