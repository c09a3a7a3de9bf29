import assert from 'node:assert/strict';
import { diffForms } from './diff-forms.ts';
import type { FormChange } from './form-change.ts';

type Json = Record<string, unknown>;

const base = (): Json => ({
  $schema: 'form/1',
  key: 'visit',
  title: { ru: 'Выезд' },
  data: {
    type: 'object',
    required: ['result'],
    properties: {
      result: { type: 'string', enum: ['done', 'refused'], 'x-id': 'f1' },
      reason: { type: 'string', minLength: 3, 'x-visible': 'result = "refused"', 'x-id': 'f2' },
      works: { type: 'array', items: { type: 'object', properties: { qty: { type: 'integer' } } } },
    },
  },
  layout: {
    type: 'VerticalLayout',
    elements: [
      { type: 'Control', scope: '#/properties/result' },
      { type: 'Control', scope: '#/properties/reason' },
      { type: 'Control', scope: '#/properties/works' },
    ],
  },
  i18n: {
    ru: { 'result.label': 'Результат', 'reason.label': 'Причина', 'works.label': 'Работы', 'works.qty.label': 'Шт' },
  },
});

/** The changes that an edit makes, as short lines; `!` is a breaking one. */
const after = (edit: (form: ReturnType<typeof editable>) => void): readonly string[] => {
  const form = editable();
  edit(form);
  return diffForms(base(), form.json).map(line);
};
const editable = () => {
  const json = base();
  const data = json['data'] as { properties: Record<string, Json>; required: string[]; 'x-assert'?: unknown };
  const layout = json['layout'] as { elements: Json[] };
  const { ru } = json['i18n'] as { ru: Record<string, string> };
  return { json, data, fields: data.properties, layout, ru };
};
const line = ({ kind, field, formerly, what, breaking }: FormChange): string =>
  [kind + (breaking ? '!' : ''), field, formerly && `was ${formerly}`, what].filter(Boolean).join(' ');

describe('what changed in a form', () => {
  it('nothing, when it is the same', () => {
    assert.deepEqual(diffForms(base(), base()), []);
  });

  it('a field that is renamed is the same field, with its texts and its place', () => {
    const changes = after(({ fields, ru, layout, data }) => {
      fields['outcome'] = fields['result']!;
      delete fields['result'];
      data.required = ['outcome'];
      ru['outcome.label'] = ru['result.label']!;
      delete ru['result.label'];
      layout.elements[0] = { type: 'Control', scope: '#/properties/outcome' };
    });
    assert.deepEqual(changes, ['fieldRenamed! outcome was result']);
  });

  it('a field without an identity that is renamed is one that went and one that came', () => {
    const changes = after(({ fields, ru }) => {
      fields['jobs'] = fields['works']!;
      delete fields['works'];
      ru['jobs.label'] = 'Работы';
      ru['jobs.qty.label'] = 'Шт';
      delete ru['works.label'];
      delete ru['works.qty.label'];
    });
    assert.deepEqual([...changes].sort(), [
      'fieldAdded jobs',
      'fieldAdded jobs.qty',
      'fieldRemoved! works',
      'fieldRemoved! works.qty',
    ]);
  });

  it('a field that got its old name as its identity when it was renamed is the same field', () => {
    const changes = after(({ fields, layout }) => {
      fields['jobs'] = { ...fields['works'], 'x-id': 'works' };
      delete fields['works'];
      layout.elements[2] = { type: 'Control', scope: '#/properties/jobs' };
    });
    assert.ok(changes.includes('fieldRenamed! jobs was works'));
    assert.ok(!changes.includes('fieldRemoved! works'));
  });

  it('the columns of a renamed table are the same columns, and only the table is told', () => {
    for (const identity of ['works', 'f7']) {
      const before = base();
      const table = (before['data'] as { properties: Record<string, Json> }).properties['works']!;
      if (identity === 'f7') table['x-id'] = 'f7';
      const form = editable();
      const { works, ...others } = form.fields;
      form.data.properties = { ...others, jobs: { ...works, 'x-id': identity } };
      form.layout.elements[2] = { type: 'Control', scope: '#/properties/jobs' };
      for (const key of ['works.label', 'works.qty.label']) {
        form.ru[key.replace('works', 'jobs')] = form.ru[key]!;
        delete form.ru[key];
      }
      assert.deepEqual(diffForms(before, form.json).map(line), ['fieldRenamed! jobs was works']);
    }
  });

  it('a renamed column is a renamed column, also of a table that is renamed with it', () => {
    const rename = ({ fields }: ReturnType<typeof editable>): void => {
      fields['works'] = {
        type: 'array',
        items: { type: 'object', properties: { count: { type: 'integer', 'x-id': 'qty' } } },
      };
    };
    const kinds = (changes: readonly string[]) => changes.filter((one) => !one.startsWith('textChanged'));
    assert.deepEqual(kinds(after(rename)), ['fieldRenamed! works.count was works.qty']);
    const both = after((form) => {
      rename(form);
      const { works, ...others } = form.fields;
      form.data.properties = { ...others, jobs: { ...works, 'x-id': 'works' } };
    });
    assert.deepEqual(
      kinds(both).filter((one) => !one.startsWith('layout')),
      ['fieldRenamed! jobs was works', 'fieldRenamed! jobs.count was works.qty'],
    );
  });

  it('two fields that swap their names are two renames', () => {
    const changes = after(({ fields }) => {
      const [one, two] = [fields['result']!, fields['reason']!];
      fields['result'] = { ...two };
      fields['reason'] = { ...one };
    });
    const renames = changes.filter((change) => change.startsWith('fieldRenamed'));
    assert.deepEqual([...renames].sort(), ['fieldRenamed! reason was result', 'fieldRenamed! result was reason']);
  });

  it('a field that only now gets an identity has not gone and come', () => {
    assert.deepEqual(
      after(({ fields }) => (fields['works']!['x-id'] = 'f3')),
      [],
    );
  });

  for (const [what, edit, expected] of [
    ['another kind', (f) => (f.fields['reason']!['type'] = 'integer'), ['kindChanged! reason']],
    [
      'an option taken away',
      (f) => (f.fields['result']!['enum'] = ['done', 'later']),
      ['optionRemoved! result refused', 'optionAdded result later'],
    ],
    ['required or not', (f) => (f.data.required = ['reason']), ['becameOptional result', 'becameRequired reason']],
    ['a rule', (f) => (f.fields['reason']!['x-visible'] = 'true'), ['ruleChanged reason x-visible']],
    ['a computed field', (f) => (f.fields['reason']!['x-value'] = '"x"'), ['becameComputed reason x-value']],
    ['a limit', (f) => (f.fields['reason']!['minLength'] = 5), ['limitChanged reason minLength']],
    [
      'a column',
      (f) => ((f.fields['works']!['items'] as { properties: Json }).properties = { cost: { type: 'number' } }),
      ['fieldRemoved! works.qty', 'fieldAdded works.cost'],
    ],
    [
      'what must hold in a row',
      (f) => ((f.fields['works']!['items'] as Json)['x-assert'] = [{ test: 'qty > 0', at: '/qty', message: 'm' }]),
      ['ruleChanged works row x-assert'],
    ],
    ['a text', (f) => (f.ru['reason.label'] = 'Почему'), ['textChanged reason ru: reason.label']],
    ['the order', (f) => f.layout.elements.reverse(), ['layoutChanged']],
    [
      'a group',
      (f) => (f.layout.elements[1] = { type: 'Group', i18n: 'g', elements: [f.layout.elements[1]] }),
      ['moved reason'],
    ],
    [
      'an assertion of the form',
      (f) => (f.data['x-assert'] = [{ test: 'true', at: '/reason', message: 'm' }]),
      ['ruleChanged x-assert'],
    ],
    ['the key of the form', (f) => (f.json['key'] = 'other'), ['formChanged! key']],
  ] as readonly (readonly [string, (form: ReturnType<typeof editable>) => unknown, readonly string[]])[]) {
    it(what, () => {
      const changes = after((form) => void edit(form));
      for (const one of expected) assert.ok(changes.includes(one), `${one} in ${changes.join(', ')}`);
      const breaking = (list: readonly string[]) => list.filter((change) => change.includes('!')).length;
      assert.equal(breaking(changes), breaking(expected), changes.join(', '));
    });
  }

  it('of an unfinished draft, too', () => {
    assert.doesNotThrow(() => diffForms(base(), { data: { properties: { x: null } }, layout: 5, i18n: [] }));
  });
});
