import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readForm } from '../read-form.ts';
import { formOf } from '../test/form-fixture.ts';
import { exportForm } from './export-form.ts';
import type { JsonObject } from './form-draft.ts';
import { importForm } from './import-form.ts';

const FORMS = new URL('../../../forms/claim-intake/', import.meta.url);
const shipped = readdirSync(FORMS)
  .filter((name) => name.endsWith('.form.json'))
  .map((name) => [name, JSON.parse(readFileSync(new URL(name, FORMS), 'utf8')) as JsonObject] as const);

describe('a form on its way out', () => {
  it('of every shipped kind comes back with the same fields, or a note says why not', () => {
    assert.ok(shipped.length > 5);
    for (const [name, definition] of shipped) {
      for (const format of ['json-schema', 'json-forms', 'form-js'] as const) {
        const { content, notes } = exportForm(definition, { format, language: 'ru' });
        const back = importForm(content);
        assert.equal(back.format, format, name);
        assert.deepEqual(back.problems, [], `${name} through ${format}`);
        const names = readForm(back.definition).fields.map((field) => field.name);
        const told = [...notes, ...back.notes].map(({ path }) => path).join(' ');
        for (const field of readForm(definition).fields) {
          assert.ok(
            names.includes(field.name) || told.includes(field.name),
            `${name} through ${format}: ${field.name}`,
          );
        }
      }
    }
  });

  const definition: JsonObject = {
    $schema: 'form/1',
    key: 'order',
    title: { ru: 'Заказ' },
    data: {
      type: 'object',
      required: ['kind'],
      properties: {
        kind: { type: 'string', enum: ['b2c', 'b2b'] },
        inn: { type: 'string', 'x-required': 'kind = "b2b"', 'x-visible': 'kind = "b2b"' },
        sum: { type: 'integer', format: 'money', minimum: 0 },
        total: { type: 'integer', format: 'money', 'x-value': 'sum * 2' },
      },
    },
    i18n: {
      ru: {
        'kind.label': 'Кто',
        'kind.options.b2c': 'Человек',
        'kind.options.b2b': 'Организация',
        'inn.label': 'ИНН',
        'sum.label': 'Сумма',
        'total.label': 'Итого',
      },
    },
  };

  it('as JSON Schema judges data as the form does where a schema can', () => {
    const { content, notes } = exportForm(definition, { format: 'json-schema', language: 'ru' });
    const validate = new Ajv2020({ strict: false }).compile(content);
    const good = (value: object): boolean => validate(value);
    assert.deepEqual(
      [
        good({ kind: 'b2c' }),
        good({ kind: 'b2b' }),
        good({ kind: 'b2b', inn: '7707083893' }),
        good({ kind: 'x' }),
        good({}),
      ],
      [true, false, true, false, false],
    );
    const paths = notes.map(({ path }) => path);
    assert.deepEqual(paths, [
      '/data/properties/inn/x-visible',
      '/data/properties/sum/format',
      '/data/properties/total/format',
      '/data/properties/total/x-value',
    ]);
  });

  it('as JSON Forms says its simple rules in the layout', () => {
    const { content, notes } = exportForm(definition, { format: 'json-forms', language: 'ru' });
    const { elements } = content['uischema'] as unknown as { elements: { scope: string; rule?: unknown }[] };
    assert.deepEqual(elements[1]!.rule, {
      effect: 'SHOW',
      condition: { scope: '#/properties/kind', schema: { const: 'b2b' } },
    });
    assert.ok(!notes.some(({ path }) => path.endsWith('x-visible')));
  });

  it('as a Camunda form keeps FEEL', () => {
    const { content } = exportForm(definition, { format: 'form-js', language: 'ru' });
    const components = content['components'] as readonly JsonObject[];
    assert.deepEqual(components[1]!['conditional'], { hide: '=not(kind = "b2b")' });
    assert.deepEqual([components[3]!['type'], components[3]!['expression']], ['expression', '=sum * 2']);
    assert.deepEqual(components[0]!['values'], [
      { value: 'b2c', label: 'Человек' },
      { value: 'b2b', label: 'Организация' },
    ]);
  });

  it('a table, with what of its lines and of the steps around it is lost', () => {
    const lines = {
      type: 'array',
      items: {
        type: 'object',
        required: ['part'],
        properties: {
          part: { type: 'string', 'x-readonly': 'share > 1' },
          share: { type: 'number', format: 'percent', 'x-required': 'part = "a"' },
          photos: { type: 'array', 'x-files': { kind: 'photo' } },
          sign: { type: 'array', 'x-files': { kind: 'signature' } },
        },
      },
    };
    const step = { type: 'Category', i18n: 'step', 'x-visible': 'kind = 1' };
    const table = formOf(
      { kind: { type: 'integer' }, lines },
      {
        ru: { 'step.label': 'Шаг', 'first.label': 'Начало' },
        layout: {
          type: 'Categorization',
          elements: [
            { type: 'Category', i18n: 'first', elements: [{ type: 'Control', scope: '#/properties/kind' }] },
            { ...step, elements: [{ type: 'Control', scope: '#/properties/lines' }] },
          ],
        },
      },
    ) as JsonObject;
    const lost = ['/layout/elements/1/x-visible', '/data/properties/lines/items/properties/share/x-required'];
    const formJs = exportForm(table, { format: 'form-js', language: 'ru' });
    const [, group] = formJs.content['components'] as unknown as { components: JsonObject[] }[];
    const [list] = group!.components as unknown as { type: string; path: string; components: JsonObject[] }[];
    assert.deepEqual([list!.type, list!.path], ['dynamiclist', 'lines']);
    assert.deepEqual(
      list!.components.map(({ key, type }) => [key, type]),
      [
        ['part', 'textfield'],
        ['share', 'number'],
        ['photos', 'filepicker'],
        ['sign', 'filepicker'],
      ],
    );
    const back = importForm(formJs.content);
    assert.deepEqual(back.problems, []);
    const schema = exportForm(table, { format: 'json-schema', language: 'ru' });
    const jsonForms = exportForm(table, { format: 'json-forms', language: 'ru' });
    const columnNotes = jsonForms.notes.filter(({ path }) => path.endsWith('/part/x-readonly'));
    assert.equal(columnNotes.length, 1);
    for (const { notes } of [formJs, schema, jsonForms]) {
      const paths = notes.map(({ path }) => path);
      assert.deepEqual(
        lost.filter((path) => !paths.includes(path)),
        [],
      );
    }
  });
});
