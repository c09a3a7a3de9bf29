import assert from 'node:assert/strict';
import { enumOptions, readForm, type FormField } from '#engine';
import { cellText } from './cell-text.ts';
import type { RowValues } from './row-views.ts';
import { duplicateRow, insertRow, pasteRows, removeRow } from './table-edits.ts';
import { parseTsv, planPaste, type PasteColumn } from './table-paste.ts';

const form = readForm({
  $schema: 'form/1',
  key: 'paste',
  title: { ru: 'Проба' },
  data: {
    type: 'object',
    properties: {
      works: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            part: { type: 'string' },
            kind: { type: 'string', enum: ['part', 'work'] },
            qty: { type: 'integer' },
            price: { type: 'integer', format: 'money' },
            day: { type: 'string', format: 'date' },
            done: { type: 'boolean' },
            sum: { type: 'integer', 'x-value': 'row.qty * row.price' },
            photos: { type: 'array', 'x-files': { kind: 'photo' } },
          },
        },
      },
    },
  },
  i18n: {
    ru: {
      'works.label': 'Работы',
      'works.part.label': 'Деталь',
      'works.kind.label': 'Вид',
      'works.kind.options.part': 'Деталь',
      'works.kind.options.work': 'Работа',
      'works.qty.label': 'Кол-во',
      'works.price.label': 'Цена',
      'works.day.label': 'День',
      'works.done.label': 'Готово',
      'works.sum.label': 'Сумма',
      'works.photos.label': 'Фото',
    },
    en: {},
  },
});
const table = form.fieldsByName.get('works')!;
const columns = table.table!.columns.map((column): PasteColumn => ({
  column,
  label: form.texts.ru.get(`${column.name}.label`)!,
  options: enumOptions(form, column, 'ru'),
  locked: column.rules.value !== undefined,
}));
const from = (key: string): readonly PasteColumn[] =>
  columns.slice(columns.findIndex(({ column }) => column.column!.key === key));
const columnOf = (key: string): FormField => from(key)[0]!.column;

describe('a paste from a spreadsheet', () => {
  it('reads tabs, lines, quoted cells and the line break Excel adds at the end', () => {
    assert.deepEqual(parseTsv('a\tb\r\n"в два\nряда ""да"""\t\r\n\r\n'), [
      ['a', 'b'],
      ['в два\nряда "да"', ''],
    ]);
  });

  it('gives each text the type of its column, from the cell it goes to', () => {
    const plan = planPaste(
      'Петля\tработа\t1 200\t9 672,65 ₽\t16.11.2026\tда\nБолт\t\t2\t\t\tнет',
      from('part'),
      columns,
    );
    assert.deepEqual(plan.rows, [
      { part: 'Петля', kind: 'work', qty: 1200, price: 967265, day: '2026-11-16', done: true },
      { part: 'Болт', kind: null, qty: 2, price: null, day: null, done: false },
    ]);
    assert.deepEqual(plan.problems, []);
    assert.deepEqual(planPaste('5\t10', from('qty'), columns).rows, [{ qty: 5, price: 1000 }]);
  });

  it('tells by cell what is no value of its column and loses nothing', () => {
    const plan = planPaste('а\tпрочее\tмного\t12 руб. 5\t32.13.2026\tпожалуй', from('part'), columns);
    assert.deepEqual(plan.rows[0], {
      part: 'а',
      kind: 'прочее',
      qty: 'много',
      price: '12 руб. 5',
      day: '2026-13-32',
      done: 'пожалуй',
    });
    assert.deepEqual(
      plan.problems.map(({ line, label, text }) => `${line} ${label}: ${text}`),
      ['1 Вид: прочее', '1 Кол-во: много', '1 Цена: 12 руб. 5', '1 День: 32.13.2026', '1 Готово: пожалуй'],
    );
  });

  it('a first line of column names decides which text goes where', () => {
    const plan = planPaste('Цена\tДеталь\n100\tПетля', from('qty'), columns);
    assert.deepEqual(plan.rows, [{ price: 10000, part: 'Петля' }]);
    assert.equal(plan.header, true);
  });

  it('steps over computed columns and files and counts what has no column', () => {
    const plan = planPaste('да\t500\tx.jpg\tлишнее', from('done'), columns);
    assert.deepEqual(
      [plan.rows, plan.surplus, plan.columns.map(({ label }) => label)],
      [[{ done: true }], 1, ['Готово']],
    );
  });
});

describe('rows of a table', () => {
  const rows: readonly RowValues[] = [
    { rowId: 'a', part: 'x', photos: [] },
    { rowId: 'b', part: 'y' },
  ];

  it('are inserted, removed and pasted over; new ones are made only where they may be', () => {
    assert.deepEqual(
      insertRow(rows, { rowId: 'n' }, 'a').map(({ rowId }) => rowId),
      ['a', 'n', 'b'],
    );
    assert.deepEqual(
      removeRow(rows, 'a').map(({ rowId }) => rowId),
      ['b'],
    );
    const make = (values: RowValues): RowValues => ({ rowId: 'new', ...values });
    assert.deepEqual(pasteRows(rows, [{ part: '1' }, { part: '2' }], { from: 1, may: true, make }), [
      rows[0],
      { rowId: 'b', part: '1' },
      { rowId: 'new', part: '2' },
    ]);
    assert.equal(pasteRows(rows, [{ part: '1' }, { part: '2' }], { from: 1, may: false, make }).length, 2);
  });

  it('a copy is a row of its own and takes no files along', () => {
    const [, copy] = duplicateRow(rows, 'a', table);
    assert.notEqual(copy!['rowId'], 'a');
    assert.deepEqual([copy!['part'], 'photos' in copy!], ['x', false]);
  });
});

describe('cellText', () => {
  it('says a value as its column does', () => {
    const text = (key: string, value: never) =>
      cellText(columnOf(key), value, { language: 'ru', options: from(key)[0]!.options });
    assert.deepEqual(
      [
        text('price', 967265 as never),
        text('kind', 'work' as never),
        text('done', false as never),
        text('day', '2026-11-16' as never),
        text('qty', null as never),
      ],
      ['9\u00a0672,65', 'Работа', 'Нет', '16\u00a0ноя\u00a02026', ''],
    );
  });
});
