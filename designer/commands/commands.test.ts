import assert from 'node:assert/strict';
import { textOf } from '../form-editor/document/document-texts.ts';
import { controlOf, fieldNamed, unplacedFields } from '../form-editor/document/document-tree.ts';
import { nameFromLabel } from '../form-editor/document/field-name.ts';
import { readFragment, fragmentOf } from '../form-editor/document/form-fragment.ts';
import { columnKey, columnsOf, rowsOf } from '../form-editor/document/table-columns.ts';
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

  describe('columns of a table', () => {
    const schema = {
      type: 'array',
      items: {
        type: 'object',
        required: ['a'],
        properties: {
          a: {
            type: 'string',
            'x-source': { catalog: 'parts', filter: 'a = form.topic and b = row.b', fill: { b: 'name' } },
          },
          b: { type: 'string', 'x-visible': 'row.a != null and a = "a" and parent.topic = topic' },
        },
        'x-assert': [{ test: 'a != b', at: '/a', message: 'assert.row' }],
      },
    };
    const texts = { label: { ru: 'Работы' }, 'a.label': { ru: 'А' }, 'b.label': { ru: 'Б' } };
    type Columns = Record<string, Record<string, unknown>>;
    const items = () =>
      (written().data.properties as unknown as Record<string, { items: Record<string, unknown> }>)['raboty']!.items;
    const columns = (): Columns => items()['properties'] as Columns;
    const columnId = (key: string): string =>
      columnsOf(fieldNamed(history.document, 'raboty')!).find((column) => columnKey(column) === key)!.id;
    const textKeys = (): readonly string[] => Object.keys(written().i18n.ru).filter((key) => key.startsWith('raboty.'));
    beforeEach(() => {
      run({ kind: 'insertField', schema, texts, at });
      run({ kind: 'update', fieldId: idOf('topic'), changes: { 'x-visible': 'count(raboty.a) > 0 and a = 1' } });
      run({
        kind: 'updateOptions',
        nodeId: controlId('raboty'),
        changes: { columns: ['b', { column: 'a', width: 80 }], totals: ['a'] },
      });
    });

    it('a new key is followed by rules of the row and of the form, texts and layout', () => {
      const id = columnId('a');
      run({ kind: 'rename', fieldId: id, name: 'part' });
      assert.deepEqual(Object.keys(columns()), ['part', 'b']);
      assert.equal(columns()['b']!['x-visible'], 'row.part != null and part = "a" and parent.topic = topic');
      assert.deepEqual(columns()['part']!['x-source'], {
        catalog: 'parts',
        filter: 'a = form.topic and b = row.b',
        fill: { b: 'name' },
      });
      assert.deepEqual(items()['required'], ['part']);
      assert.deepEqual(items()['x-assert'], [{ test: 'part != b', at: '/part', message: 'assert.row' }]);
      assert.equal(
        (written().data.properties.topic as Record<string, unknown>)['x-visible'],
        'count(raboty.part) > 0 and a = 1',
      );
      assert.deepEqual(textKeys(), ['raboty.label', 'raboty.part.label', 'raboty.b.label']);
      const { columns: order, totals } = history.document.nodes[controlId('raboty')]!.shell['options'] as Record<
        string,
        unknown
      >;
      assert.deepEqual([order, totals], [['b', { column: 'part', width: 80 }], ['part']]);
      assert.equal(columns()['part']!['x-id'], 'a', 'its old key stays its identity');
      assert.equal(columnId('part'), id);
      run({ kind: 'rename', fieldId: columnId('b'), name: 'qty' });
      const source = columns()['part']!['x-source'] as Record<string, unknown>;
      assert.deepEqual([source['filter'], source['fill']], ['a = form.topic and b = row.qty', { qty: 'name' }]);
    });

    it('a field of the form that is renamed is renamed in rules of a row, but not where a column hides it', () => {
      run({ kind: 'rename', fieldId: idOf('topic'), name: 'b' });
      assert.equal(columns()['b']!['x-visible'], 'row.a != null and a = "a" and parent.b = parent.b');
      assert.equal((columns()['a']!['x-source'] as Record<string, unknown>)['filter'], 'a = form.b and b = row.b');
    });

    it('one is put in, moved and taken away, in the data and where the layout lists it; undo brings all back', () => {
      const before = JSON.stringify(written());
      run({
        kind: 'insertColumn',
        fieldId: idOf('raboty'),
        schema: { type: 'integer' },
        texts: { label: { ru: 'Кол-во' } },
        required: true,
        index: 1,
      });
      assert.deepEqual(Object.keys(columns()), ['b', 'kolVo', 'a']);
      assert.deepEqual(items()['required'], ['a', 'kolVo']);
      run({ kind: 'moveColumn', columnId: columnId('kolVo'), index: 3 });
      assert.deepEqual(Object.keys(columns()), ['b', 'a', 'kolVo']);
      run({ kind: 'removeColumn', columnId: columnId('a') });
      assert.deepEqual(Object.keys(columns()), ['b', 'kolVo']);
      assert.deepEqual(textKeys(), ['raboty.label', 'raboty.b.label', 'raboty.kolVo.label']);
      assert.deepEqual(history.document.nodes[controlId('raboty')]!.shell['options'], { columns: ['b', 'kolVo'] });
      run({ kind: 'removeColumn', columnId: columnId('b') });
      assert.throws(() => run({ kind: 'removeColumn', columnId: columnId('kolVo') }), CommandRefused);
      for (let steps = 0; steps < 4; steps += 1) history = undo(history);
      assert.equal(JSON.stringify(written()), before);
    });

    it('rules, checks, options and limits are set as those of a field; a check of the row names its column', () => {
      const id = columnId('b');
      run({
        kind: 'retype',
        fieldId: id,
        schema: { type: 'string', enum: ['x'] },
        texts: { 'options.x': { ru: 'Икс' } },
      });
      run({ kind: 'update', fieldId: id, changes: { 'x-required': 'row.a = "1"' } });
      run({ kind: 'setOptions', fieldId: id, options: [{ value: 'y', ru: 'Игрек' }] });
      run({ kind: 'require', fieldId: id, required: true });
      run({ kind: 'setAsserts', fieldId: id, asserts: [{ test: 'row.b != null', ru: 'Выберите' }] });
      run({
        kind: 'setAsserts',
        fieldId: rowsOf(fieldNamed(history.document, 'raboty')!),
        asserts: [{ test: 'a != b', at: 'b', ru: 'Разные' }],
      });
      assert.deepEqual(columns()['b'], {
        type: 'string',
        enum: ['y'],
        'x-visible': 'row.a != null and a = "a" and parent.topic = topic',
        'x-required': 'row.a = "1"',
        'x-assert': [{ test: 'row.b != null', message: 'assert.raboty_b1' }],
      });
      assert.deepEqual(items()['required'], ['a', 'b']);
      assert.deepEqual(items()['x-assert'], [{ test: 'a != b', at: '/b', message: 'assert.raboty1' }]);
      assert.equal(textOf(history.document, 'ru', 'raboty.b.options.y'), 'Игрек');
      assert.equal(textOf(history.document, 'ru', 'raboty.b.options.x'), undefined);
      assert.equal(textOf(history.document, 'ru', 'assert.raboty1'), 'Разные');
    });

    it('a copy of the table asks with sentences of its own', () => {
      run({ kind: 'setAsserts', fieldId: columnId('b'), asserts: [{ test: 'row.b != null', ru: 'Выберите' }] });
      run({ kind: 'duplicate', nodeIds: [controlId('raboty')] });
      const copy = (written().data.properties as unknown as Record<string, { items: { properties: Columns } }>)[
        'raboty2'
      ]!;
      const [check] = copy.items.properties['b']!['x-assert'] as readonly { readonly message: string }[];
      assert.equal(check!.message, 'assert.raboty2_b1');
      assert.equal(textOf(history.document, 'ru', check!.message), 'Выберите');
    });
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
