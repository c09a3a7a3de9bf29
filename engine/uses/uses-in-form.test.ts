import assert from 'node:assert/strict';
import { readForm } from '../forms/read-form.ts';
import { formOf } from '../forms/test/form-fixture.ts';
import { usesInForm } from './uses-in-form.ts';

const field = (name: string) => ({ type: 'Control', scope: `#/properties/${name}` });

describe('who reads a variable: other forms', () => {
  it('its fields called so, and every kind of rule: of a step, of a line, of a column, of the form', () => {
    const form = readForm(
      formOf(
        {
          verdict: { type: 'string' },
          lines: {
            type: 'array',
            items: {
              type: 'object',
              properties: { qty: { type: 'integer', 'x-readonly': 'ofColumn' } },
              'x-assert': [{ test: 'qty < ofLine', message: 'few' }],
            },
          },
        },
        {
          asserts: [{ test: 'ofForm = 1', message: 'few' }],
          ru: { few: 'Мало', 'step.label': 'Шаг' },
          layout: {
            type: 'Categorization',
            elements: [
              {
                type: 'Category',
                i18n: 'step',
                elements: [field('verdict'), field('lines')],
                'x-visible': 'ofStep',
              },
            ],
          },
        },
      ),
    );
    const names = ['verdict', 'ofColumn', 'ofLine', 'ofForm', 'ofStep', 'nobody'];
    assert.deepEqual(
      usesInForm(form, new Set(names))
        .map(({ variable, text }) => `${variable}: ${text}`)
        .sort(),
      ['ofColumn: ofColumn', 'ofForm: ofForm = 1', 'ofLine: qty < ofLine', 'ofStep: ofStep', 'verdict: verdict'],
    );
  });

  it('a rule is told by the label of the field whose rule it is', () => {
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
      usesInForm(form, new Set(['defectSuspected'])).map(({ elementName, variable }) => [elementName, variable]),
      [['Заключение лаборатории', 'defectSuspected']],
    );
  });
});
