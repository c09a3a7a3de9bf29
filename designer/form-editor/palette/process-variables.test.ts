import assert from 'node:assert/strict';
import type { FormVariable } from '#contract';
import { describeType } from '#engine';
import { applyCommand } from '../../commands/apply-command.ts';
import { readDocument } from '../document/read-document.ts';
import { writeDocument } from '../document/write-document.ts';
import { editorWords } from '../texts.ts';
import {
  feelVariables,
  insertVariable,
  placeableVariables,
  sourceWords,
  unusedVariables,
} from './process-variables.ts';

const words = editorWords('ru');
const document = readDocument({
  $schema: 'form/1',
  key: 'visit',
  title: { ru: 'Выезд' },
  data: { type: 'object', properties: { cause: { type: 'string' } } },
  layout: { type: 'VerticalLayout', elements: [{ type: 'Control', scope: '#/properties/cause' }] },
  i18n: { ru: { 'cause.label': 'Причина' } },
});
const outside = { process: 'Ремонт', kind: 'outside', name: '' } as const;
const FORMAT: FormVariable = {
  name: 'format',
  type: { kind: 'string', choices: ['a', 'b'] },
  field: {
    schema: { type: 'string', enum: ['a', 'b'] },
    texts: { label: { ru: 'Вид', en: 'Kind' }, 'options.a': { ru: 'Первый' } },
  },
  sources: [outside, { process: 'Ремонт', kind: 'form', name: 'Заявка' }],
};
const RECEIPT: FormVariable = {
  name: 'receipt',
  type: { kind: 'context', members: [{ name: 'total', type: { kind: 'number' } }] },
  field: null,
  sources: [{ process: 'Ремонт', kind: 'element', name: 'Посчитать' }],
};
const CAUSE: FormVariable = {
  name: 'cause',
  type: { kind: 'any' },
  field: { schema: { type: 'string' }, texts: {} },
  sources: [outside],
};

describe('process data in the form designer', () => {
  it('offers what the form does not have and what a field can show', () => {
    const unused = unusedVariables([CAUSE, FORMAT, RECEIPT], document);
    assert.deepEqual(unused, [FORMAT, RECEIPT]);
    assert.deepEqual(placeableVariables(unused), [FORMAT]);
    assert.deepEqual(
      [FORMAT, RECEIPT, CAUSE].map((one) => sourceWords(one, words)),
      ['из формы «Заявка»', 'из шага «Посчитать»', 'приходит извне'],
    );
  });

  it('becomes a field of that key and type, with the words it has elsewhere', () => {
    const command = insertVariable(FORMAT, { parent: document.root, index: 1 });
    const { document: after } = applyCommand(document, command, () => 'f_1');
    const written = writeDocument(after) as {
      data: { properties: object };
      i18n: object;
      layout: { elements: object[] };
    };
    assert.deepEqual(written.data.properties, {
      cause: { type: 'string' },
      format: { type: 'string', enum: ['a', 'b'], 'x-id': 'f_1' },
    });
    assert.deepEqual(written.layout.elements[1], { type: 'Control', scope: '#/properties/format' });
    assert.deepEqual(written.i18n, {
      ru: { 'cause.label': 'Причина', 'format.label': 'Вид', 'format.options.a': 'Первый' },
      en: { 'format.label': 'Kind' },
    });
  });

  it('is completed in rules with its type, its members too', () => {
    const [format, receipt] = feelVariables([FORMAT, RECEIPT], words);
    assert.deepEqual([format?.label, describeType(format!.type).ru], ['Вид · Данные процесса', 'текст "a", "b"']);
    const [context] = receipt!.type === 'any' ? [] : receipt!.type;
    assert.deepEqual(context?.kind === 'context' && [...context.entries.keys()], ['total']);
  });
});
