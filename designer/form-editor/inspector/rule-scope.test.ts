import assert from 'node:assert/strict';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { conditionFields, ruleVariables } from './rule-scope.ts';

describe('what a condition of a form may speak of', () => {
  it('is its fields by their labels, with the options people read', () => {
    const document = readDocument(templateForm('request', { key: 'r', title: 'Р' }));
    const fields = conditionFields(document);
    assert.deepEqual(
      fields.map(({ label, kind }) => [label, kind]),
      [
        ['Как к вам обращаться', 'text'],
        ['Телефон', 'text'],
        ['Эл. почта', 'text'],
        ['Тема', 'choice'],
        ['Что случилось', 'text'],
        ['Фото неисправности', 'list'],
      ],
    );
    assert.deepEqual(fields[3]!.choices?.[1], { value: 'defect', label: 'Неисправность' });
    assert.deepEqual(
      ruleVariables(document)
        .map(({ name }) => name)
        .slice(0, 2),
      ['clientName', 'phone'],
    );
  });
});
