import assert from 'node:assert/strict';
import { textOf } from '../form-editor/document/document-texts.ts';
import { controlOf, fieldNamed, unplacedFields } from '../form-editor/document/document-tree.ts';
import { nameFromLabel } from '../form-editor/document/field-name.ts';
import { readFragment, fragmentOf } from '../form-editor/document/form-fragment.ts';
import { requiredNames, type FormDocument } from '../form-editor/document/form-document.ts';
import { readDocument } from '../form-editor/document/read-document.ts';
import { renameInRule } from '../form-editor/document/rename-in-rule.ts';
import { writeDocument } from '../form-editor/document/write-document.ts';
import { MOST_STEPS, perform, startHistory, undo, type EditHistory } from './edit-history.ts';
import { CommandRefused, type FormCommand } from './form-command.ts';

const FORM = {
  $schema: 'form/1',
  key: 'repair',
  title: { ru: 'Ремонт' },
  data: {
    type: 'object',
    required: ['topic'],
    properties: {
      topic: { type: 'string', enum: ['a'] },
      reason: {
        type: 'string',
        'x-visible': 'topic = "topic"',
        'x-assert': [{ test: 'topic != null', message: 'assert.why' }],
      },
    },
    'x-assert': [{ test: 'reason != null', at: '/topic', message: 'assert.form' }],
  },
  i18n: {
    ru: {
      'topic.label': 'Тема',
      'topic.options.a': 'А',
      'reason.label': 'Причина',
      'assert.why': '!',
      'assert.form': '!!',
    },
    en: {},
  },
};

describe('commands of the form editor', () => {
  let history: EditHistory;
  let made = 0;
  const at = { parent: '', index: 0 };
  beforeEach(() => {
    history = startHistory(readDocument(FORM));
    made = 0;
    at.parent = history.document.root;
  });
  const run = (command: FormCommand, now = 0): FormDocument => {
    history = perform(history, command, { now, stableId: () => `f_${++made}` }).history;
    return history.document;
  };
  const idOf = (name: string): string => fieldNamed(history.document, name)!.id;
  const controlId = (name: string): string => controlOf(history.document, idOf(name))!.id;
  const written = (): typeof FORM => writeDocument(history.document) as unknown as typeof FORM;

  it('makes the key of a new field from its Russian label, unique in the form', () => {
    const insert = {
      kind: 'insertField',
      schema: { type: 'string' },
      texts: { label: { ru: 'Серийный номер' } },
      at,
    } as const;
    run(insert);
    run(insert);
    assert.deepEqual(Object.keys(written().data.properties), ['topic', 'reason', 'seriynyyNomer', 'seriynyyNomer2']);
    assert.equal(nameFromLabel('№ 1'), 'field1');
    assert.equal(nameFromLabel('Щётка (запасная)'), 'shchyotkaZapasnaya');
  });

  it('lets the key follow the label while nobody has chosen it', () => {
    run({ kind: 'insertField', schema: { type: 'string' }, texts: { label: { ru: 'Текст' } }, at });
    const id = idOf('tekst');
    run({ kind: 'relabel', fieldId: id, text: 'Адрес', follow: true });
    assert.equal(history.document.fields[id]!.name, 'adres');
    assert.equal(textOf(history.document, 'ru', 'adres.label'), 'Адрес');
    run({ kind: 'rename', fieldId: id, name: 'place' });
    run({ kind: 'relabel', fieldId: id, text: 'Город', follow: true });
    assert.equal(history.document.fields[id]!.name, 'place');
  });

  it('renames a field wherever it is written, and its identity stays', () => {
    run({ kind: 'rename', fieldId: idOf('topic'), name: 'matter' });
    const { data, i18n } = written();
    assert.deepEqual(data.required, ['matter']);
    assert.deepEqual(Object.keys(data.properties), ['matter', 'reason']);
    assert.deepEqual(data.properties.reason['x-visible'], 'matter = "topic"');
    assert.equal(data.properties.reason['x-assert'][0]!.test, 'matter != null');
    assert.equal(data['x-assert'][0]!.at, '/matter');
    assert.deepEqual(Object.keys(i18n.ru).slice(0, 2), ['matter.label', 'matter.options.a']);
    assert.equal((data.properties as Record<string, Record<string, unknown>>)['matter']!['x-id'], 'topic');
  });

  it('leaves a rule alone that would come to mean something else', () => {
    const names = new Map([['item', 'thing']]);
    assert.equal(renameInRule('some item in list satisfies item > 1', names), 'some item in list satisfies item > 1');
    assert.equal(renameInRule('row.item = item and "item" = "x"', names), 'row.item = thing and "item" = "x"');
    assert.equal(renameInRule('item = (', names), 'item = (');
  });

  it('sends the property of a removed control to the tray, from where it comes back as it was', () => {
    run({ kind: 'remove', nodeIds: [controlId('topic')] });
    assert.deepEqual(
      unplacedFields(history.document).map(({ name }) => name),
      ['topic'],
    );
    assert.deepEqual(written().data.properties.topic, FORM.data.properties.topic);
    assert.equal(textOf(history.document, 'ru', 'topic.label'), 'Тема');
    run({ kind: 'place', fieldId: idOf('topic'), at });
    assert.deepEqual(unplacedFields(history.document), []);
  });

  it('removes a field for good only from the tray, with its texts and what points at it', () => {
    const fieldId = idOf('topic');
    assert.throws(() => run({ kind: 'removeField', fieldId }), CommandRefused);
    run({ kind: 'remove', nodeIds: [controlId('topic')] });
    run({ kind: 'removeField', fieldId });
    assert.deepEqual(requiredNames(history.document), []);
    assert.deepEqual(Object.keys(written().i18n.ru), ['reason.label', 'assert.why', 'assert.form']);
    assert.equal('x-assert' in written().data, false);
  });

  it('never puts a container into itself', () => {
    run({ kind: 'wrap', nodeIds: [controlId('topic'), controlId('reason')], type: 'Group', text: { ru: 'Раздел' } });
    const group = history.document.nodes[history.document.root]!.children![0]!;
    assert.throws(() => run({ kind: 'move', nodeId: group, at: { parent: group, index: 0 } }), CommandRefused);
    run({ kind: 'unwrap', nodeId: group });
    assert.deepEqual(history.document.nodes[history.document.root]!.children!.length, 2);
    assert.equal(textOf(history.document, 'ru', 'section.s1.label'), undefined);
  });

  it('moves to the place that was shown, also further down among the same siblings', () => {
    run({
      kind: 'insertField',
      schema: { type: 'string' },
      texts: { label: { ru: 'Третье' } },
      at: { ...at, index: 2 },
    });
    run({ kind: 'move', nodeId: controlId('topic'), at: { ...at, index: 2 } });
    const order = history.document.nodes[history.document.root]!.children!.map(
      (id) => history.document.nodes[id]!.fieldId!,
    );
    assert.deepEqual(
      order.map((id) => history.document.fields[id]!.name),
      ['reason', 'topic', 'trete'],
    );
  });

  it('pastes into another form with free names, rules among the pasted ones rewritten', () => {
    const group = [controlId('topic'), controlId('reason')];
    const text = JSON.stringify(fragmentOf(history.document, group));
    run({ kind: 'paste', fragment: readFragment(text)!, at });
    const { data, i18n } = written();
    const properties = data.properties as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(properties), ['topic', 'reason', 'topic2', 'reason2']);
    assert.equal(properties['reason2']!['x-visible'], 'topic2 = "topic"');
    assert.deepEqual(data.required, ['topic', 'topic2']);
    const texts = i18n.ru as Record<string, string>;
    assert.equal(texts['topic2.options.a'], 'А');
    assert.equal(texts['assert.reason21'], '!');
    assert.equal(readFragment('{"a":1}'), null);
    assert.equal(readFragment('Привет'), null);
  });

  it('names the columns of a table, and their texts go with them', () => {
    const schema = {
      type: 'array',
      items: { type: 'object', required: ['a'], properties: { a: { type: 'string' }, b: { type: 'string' } } },
    };
    const texts = { label: { ru: 'Работы' }, 'a.label': { ru: 'А' }, 'b.label': { ru: 'Б' } };
    run({ kind: 'insertField', schema, texts, at });
    const columns = [{ key: 'part', was: 'a', schema: { type: 'string' }, ru: 'Деталь' }];
    run({ kind: 'setColumns', fieldId: idOf('raboty'), columns });
    const items = (written().data.properties as Record<string, Record<string, unknown>>)['raboty']!['items'];
    assert.deepEqual(items, { type: 'object', required: ['part'], properties: { part: { type: 'string' } } });
    const keys = Object.keys(written().i18n.ru).filter((key) => key.startsWith('raboty.'));
    assert.deepEqual(keys, ['raboty.label', 'raboty.part.label']);
  });

  it('puts tabs nowhere but into tabs, and fields nowhere but into a tab', () => {
    run({ kind: 'insertNode', type: 'Categorization', text: { ru: 'Вкладка' }, at });
    const tabs = history.document.nodes[history.document.root]!.children![0]!;
    const [tab] = history.document.nodes[tabs]!.children!;
    assert.throws(
      () => run({ kind: 'move', nodeId: controlId('topic'), at: { parent: tabs, index: 0 } }),
      CommandRefused,
    );
    assert.throws(() => run({ kind: 'move', nodeId: tab!, at }), CommandRefused);
    run({ kind: 'move', nodeId: controlId('topic'), at: { parent: tab!, index: 0 } });
    run({ kind: 'insertNode', type: 'Category', text: { ru: 'Вторая' }, at: { parent: tabs, index: 1 } });
    assert.equal(history.document.nodes[tabs]!.children!.length, 2);
  });

  it('joins what is typed without a pause into one step, and keeps a hundred', () => {
    const type = (text: string, now: number): unknown =>
      run({ kind: 'setText', language: 'ru', key: 'topic.help', text }, now);
    type('П', 0);
    type('По', 300);
    type('Под', 600);
    type('Подсказка', 5_000);
    assert.equal(history.past.length, 2);
    history = undo(history);
    assert.equal(textOf(history.document, 'ru', 'topic.help'), 'Под');
    history = undo(history);
    assert.deepEqual(written(), FORM);
    for (let step = 0; step < MOST_STEPS + 20; step += 1) type(String(step), step * 10_000);
    assert.equal(history.past.length, MOST_STEPS);
  });
});
