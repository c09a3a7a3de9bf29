import assert from 'node:assert/strict';
import type { FormVariable } from '#contract';
import { readCondition } from '../../condition-builder/read-condition.ts';
import { conditionSentence } from '../../condition-builder/describe-condition.ts';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { editorWords } from '../texts.ts';
import { withProcessFields } from './process-conditions.ts';
import { conditionFields } from './rule-scope.ts';

const document = readDocument(templateForm('request', { key: 'r', title: 'Р' }));
const scope = { document, words: editorWords('ru'), language: 'ru' } as const;
const own = conditionFields(document).slice(0, 1);
const step = (name: string) => [{ process: 'Ремонт', kind: 'element' as const, name }];
const bare = (name: string, type: FormVariable['type']): FormVariable => ({
  name,
  type,
  field: null,
  sources: step('Посчитать'),
});

describe('what a condition may speak of besides the form', () => {
  const price: FormVariable = {
    name: 'price',
    type: { kind: 'number' },
    field: { schema: { type: 'integer', format: 'money' }, texts: { label: { ru: 'Цена' } } },
    sources: [{ process: 'Ремонт', kind: 'form', name: 'Смета' }],
  };
  const format: FormVariable = {
    name: 'format',
    type: { kind: 'string', choices: ['a'] },
    field: { schema: { type: 'string', enum: ['a'] }, texts: { label: { ru: 'Вид' }, 'options.a': { ru: 'Первый' } } },
    sources: step('Спросить'),
  };
  const receipt = bare('receipt', {
    kind: 'context',
    members: [
      { name: 'paid', type: { kind: 'boolean' } },
      { name: 'at', type: { kind: 'date and time' } },
      { name: 'номер акта', type: { kind: 'string', choices: ['1', '2'] } },
    ],
  });

  it('is process data in their own group: of the kind that another form gives them, members of a context one by one', () => {
    const fields = withProcessFields(own, [price, format, receipt], scope);
    assert.deepEqual(fields[0], own[0]);
    assert.deepEqual(
      fields.slice(1).map(({ name, label, kind, hint }) => [name, label, kind, hint]),
      [
        ['price', 'Цена', 'money', 'из формы «Смета»'],
        ['format', 'Вид', 'choice', 'из шага «Спросить»'],
        ['receipt.paid', 'receipt: paid', 'boolean', 'из шага «Посчитать»'],
        ['receipt.номер акта', 'receipt: номер акта', 'choice', 'из шага «Посчитать»'],
      ],
    );
    assert.ok(fields.slice(1).every(({ group }) => group === 'Данные процесса'));
    const reading = readCondition('price > 150000 and format = "a" and receipt.paid = true', fields);
    assert.ok(reading.ok, JSON.stringify(reading));
    const sentence = conditionSentence(reading.model, fields, 'ru');
    assert.equal(sentence, 'Цена > 1\u00a0500,00\u00a0₽ и Вид = Первый и receipt: paid да');
  });

  it('is nothing whose name means something else in the rule', () => {
    const row = [{ name: 'row.price', label: 'Цена', kind: 'number' as const }];
    assert.equal(withProcessFields(row, [price, bare('parent', { kind: 'any' })], scope), row);
  });
});
