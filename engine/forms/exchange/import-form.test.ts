import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readForm } from '../read-form.ts';
import { importForm, type FormImport } from './import-form.ts';
import { NotAForm } from './not-a-form.ts';

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`./test/${name}`, import.meta.url), 'utf8')) as unknown;
const fieldsOf = ({ definition }: FormImport): Record<string, Record<string, unknown>> =>
  (definition['data'] as unknown as { properties: Record<string, Record<string, unknown>> }).properties;
const lostPaths = ({ notes }: FormImport): readonly string[] =>
  notes.filter(({ kind }) => kind === 'lost').map(({ path }) => path);

describe('a form of Camunda (form-js)', () => {
  const imported = importForm(read('all-components.form-js.json'));

  it('comes over with every component that holds a value, and can be published', () => {
    assert.deepEqual([imported.format, imported.problems, imported.definition['key']], ['form-js', [], 'visit-report']);
    const model = readForm(imported.definition);
    assert.deepEqual(
      model.fields.map(({ name, kind }) => `${name}: ${kind}`),
      [
        'client_name: text',
        'email: email',
        'comment: text',
        'qty: integer',
        'urgent: boolean',
        'result: choice',
        'reason: choice',
        'docs: choices',
        'tags: choices',
        'visited: date',
        'photos: files',
        'sum: text',
        'city: text',
        'works: table',
      ],
    );
    assert.equal(model.fieldsByName.get('client_name')!.limits.maxLength, 80);
    assert.equal(model.texts.ru.get('client_name.label'), 'Клиент');
    assert.equal(model.texts.ru.get('result.options.done'), 'Сделано');
    assert.equal(model.texts.ru.get('submit'), 'Отправить');
    const columns = model.fieldsByName.get('works')!.table!.columns;
    assert.deepEqual(
      columns.map(({ name, kind, required }) => [name, kind, required]),
      [
        ['works.part', 'text', true],
        ['works.qty', 'integer', false],
      ],
    );
    assert.equal(model.texts.ru.get('works.part.label'), 'Деталь');
    assert.equal(model.fieldsByName.get('comment')!.widget, 'textarea');
    assert.equal(model.fieldsByName.get('result')!.widget, 'radio');
  });

  it('turns «hide» into «show», a group’s condition into one of its fields, and keeps FEEL as it is', () => {
    const fields = fieldsOf(imported);
    assert.equal(fields['reason']!['x-visible'], 'not(result != "refused")');
    assert.equal(fields['reason']!['x-options'], 'reasons');
    assert.deepEqual([fields['city']!['x-visible'], fields['city']!['x-readonly']], ['not(urgent)', 'qty > 5']);
    assert.equal(fields['sum']!['x-value'], 'string(qty * 2)');
  });

  it('puts components of one row side by side', () => {
    const [, row] = (imported.definition['layout'] as { elements: { type: string; elements: unknown[] }[] }).elements;
    assert.deepEqual([row!.type, row!.elements.length], ['HorizontalLayout', 2]);
  });

  it('names everything that did not come along', () => {
    const lost = lostPaths(imported).join(' ');
    for (const at of [16, 17, 18, 19, 22]) assert.ok(lost.includes(`/components/${at}`), `component ${at}: ${lost}`);
    assert.ok(lost.includes('/components/10/disallowPassedDates'));
    const renamed = imported.notes.find(({ message }) => message.en.includes('"client-name"'));
    assert.deepEqual([renamed?.kind, renamed?.message.ru.includes('client_name')], ['changed', true]);
  });
});

describe('a JSON Schema', () => {
  it('of any of the three drafts becomes fields, groups and conditions', () => {
    for (const [draft, definitions, dependent] of [
      ['http://json-schema.org/draft-07/schema#', 'definitions', 'dependencies'],
      ['https://json-schema.org/draft/2019-09/schema', '$defs', 'dependentRequired'],
      ['https://json-schema.org/draft/2020-12/schema', '$defs', 'dependentRequired'],
    ] as const) {
      const imported = importForm({
        $schema: draft,
        title: 'Repair request',
        type: 'object',
        required: ['serial', 'kind'],
        [definitions]: {
          place: { type: 'object', title: 'Place', properties: { city: { type: 'string', title: 'City' } } },
        },
        properties: {
          serial: { type: 'string', title: 'Serial', minLength: 3, description: 'On the plate', examples: ['AB-1'] },
          kind: {
            title: 'Kind',
            oneOf: [
              { const: 'b2c', title: 'Person' },
              { const: 'b2b', title: 'Company' },
            ],
          },
          bought: { type: ['string', 'null'], format: 'date' },
          price: { type: 'number', minimum: 0 },
          tags: { type: 'array', items: { enum: ['a', 'b'] }, uniqueItems: true },
          address: { $ref: `#/${definitions}/place` },
          receipt: { type: 'string' },
          note: { type: 'string', maxLength: 2000 },
          site: { type: 'string', format: 'uri' },
          secret: { type: 'null' },
        },
        [dependent]: { price: ['receipt'] },
        if: { properties: { kind: { const: 'b2c' } } },
        then: { required: ['receipt'] },
      });
      assert.deepEqual([imported.format, imported.problems], ['json-schema', []], draft);
      const model = readForm(imported.definition);
      const kinds = Object.fromEntries(model.fields.map(({ name, kind }) => [name, kind]));
      assert.deepEqual(kinds, {
        serial: 'text',
        kind: 'choice',
        bought: 'date',
        price: 'decimal',
        tags: 'choices',
        address_city: 'text',
        receipt: 'text',
        note: 'text',
        site: 'text',
      });
      assert.equal(fieldsOf(imported)['receipt']!['x-required'], '(price != null) or (kind = "b2c")');
      assert.equal(model.fieldsByName.get('note')!.widget, 'textarea');
      assert.equal(model.texts.en.get('kind.options.b2c'), 'Person');
      assert.equal(model.texts.en.get('serial.placeholder'), 'AB-1');
      assert.deepEqual([...lostPaths(imported)].sort(), ['/properties/secret', '/properties/site/format']);
    }
  });

  it('with a reference in a circle or a condition that forms cannot say is told so, and does not hang', () => {
    const imported = importForm({
      type: 'object',
      properties: { a: { $ref: '#/$defs/a' }, b: { type: 'string' }, c: { type: 'integer' } },
      $defs: { a: { $ref: '#/$defs/a' } },
      patternProperties: { '^x': {} },
      if: { properties: { b: { pattern: '^x' } } },
      then: { required: ['c'], properties: { c: { minimum: 5 } } },
    });
    const lost = lostPaths(imported);
    for (const path of ['/properties/a/$ref', '/patternProperties', '/then']) assert.ok(lost.includes(path), path);
    assert.equal(fieldsOf(imported)['c']!['x-required'], undefined);
  });

  it('gives a property that cannot be a variable a name that can, and two of them two names', () => {
    const imported = importForm({
      type: 'object',
      properties: {
        'a-b': { type: 'string' },
        a_b: { type: 'string' },
        for: { type: 'string' },
        '1st': { type: 'string' },
      },
    });
    assert.deepEqual(Object.keys(fieldsOf(imported)), ['a_b', 'a_b_2', 'for_', '_1st']);
    assert.deepEqual(imported.problems, []);
  });
});

describe('a form of JSON Forms', () => {
  const schema = {
    type: 'object',
    properties: {
      kind: { type: 'string', enum: ['shop', 'home'] },
      address: { type: 'string' },
      floor: { type: 'integer' },
      text: { type: 'string' },
    },
  };

  it('keeps its layout, its labels and its rules', () => {
    const imported = importForm({
      schema,
      uischema: {
        type: 'VerticalLayout',
        elements: [
          { type: 'Label', text: 'Where?' },
          { type: 'Control', scope: '#/properties/kind', label: 'Где', options: { format: 'radio' } },
          {
            type: 'Group',
            label: 'Дом',
            rule: { effect: 'SHOW', condition: { scope: '#/properties/kind', schema: { const: 'home' } } },
            elements: [
              { type: 'Control', scope: '#/properties/address' },
              {
                type: 'Control',
                scope: '#/properties/floor',
                rule: { effect: 'DISABLE', condition: { scope: '#/properties/address', schema: { pattern: 'x' } } },
              },
            ],
          },
          { type: 'Control', scope: '#/properties/text', options: { multi: true, slider: true } },
          { type: 'Control', scope: '#/properties/nowhere' },
          { type: 'ListWithDetail', scope: '#/properties/text' },
        ],
      },
    });
    assert.deepEqual([imported.format, imported.problems], ['json-forms', []]);
    const fields = fieldsOf(imported);
    assert.equal(fields['address']!['x-visible'], 'kind = "home"');
    assert.deepEqual([fields['floor']!['x-visible'], fields['floor']!['x-readonly']], ['kind = "home"', undefined]);
    const model = readForm(imported.definition);
    assert.deepEqual(
      ['kind', 'text'].map((name) => model.fieldsByName.get(name)!.widget),
      ['radio', 'textarea'],
    );
    assert.equal(model.texts.ru.get('kind.label'), 'Где');
    assert.deepEqual(lostPaths(imported), [
      '/uischema/elements/2/elements/1/rule',
      '/uischema/elements/3/options/slider',
      '/uischema/elements/4/scope',
      '/uischema/elements/5',
    ]);
  });
});

describe('what is no form', () => {
  for (const [what, source, said] of [
    ['a text', 'hello', /объект JSON/],
    ['any JSON', { name: 'x', version: 1 }, /нет ни "components"/],
    ['a layout alone', { type: 'VerticalLayout', elements: [] }, /Добавьте к ней схему/],
    ['a SurveyJS form', { pages: [] }, /SurveyJS/],
    ['a form without fields', { components: [{ type: 'image' }] }, /ни одного поля/],
  ] as const) {
    it(`says why: ${what}`, () => {
      assert.throws(
        () => importForm(source),
        (error) => error instanceof NotAForm && said.test(error.texts.ru) && error.texts.en !== '',
      );
    });
  }
});
