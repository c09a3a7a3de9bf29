import assert from 'node:assert/strict';
import { readForm } from '../forms/read-form.ts';
import { usesInForm } from './uses-in-form.ts';

describe('who reads a variable in another form', () => {
  it('is told by the label of the field whose rule it is', () => {
    const form = readForm({
      $schema: 'form/1',
      key: 'department',
      version: 1,
      title: { ru: 'Разбор в отделе' },
      data: { type: 'object', properties: { lab: { type: 'string', 'x-visible': 'defectSuspected = true' } } },
      layout: { type: 'VerticalLayout', elements: [{ type: 'Control', scope: '#/properties/lab' }] },
      i18n: { ru: { 'lab.label': 'Заключение лаборатории' } },
    });
    assert.deepEqual(
      usesInForm(form, new Set(['defectSuspected', 'lab'])).map(({ elementName, variable }) => [elementName, variable]),
      [['Заключение лаборатории', 'defectSuspected']],
    );
  });
});
