import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compileValidator, readForm, type FormField, type VariableMap } from '#engine';
import { FormStore } from './form-store.ts';

const form = readForm(
  JSON.parse(readFileSync(new URL('../../engine/forms/test/visit-report.form.json', import.meta.url), 'utf8')),
);
const works = form.fieldsByName.get('works')!;
const column = (key: string): FormField => works.table!.columns.find((one) => one.column!.key === key)!;
const cell = (rowId: string, key: string) => ({ table: works, rowId, column: column(key) });
const ROWS = ['a', 'b', 'c'].map((rowId) => ({ rowId, part: `деталь ${rowId}`, kind: 'part', qty: 1, price: 100 }));

function openStore(stored: VariableMap = { result: 'done', works: ROWS }, draft: VariableMap = {}) {
  const store = new FormStore({
    form,
    validate: compileValidator(form),
    binding: {},
    stored,
    context: {},
    language: 'ru',
    now: Date.UTC(2026, 10, 21, 9),
    zone: 'Europe/Moscow',
    calendars: {} as never,
    draft,
  });
  const drawn: string[] = [];
  const watch = (path: string) => store.subscribe(path, () => drawn.push(path));
  for (const { path } of form.fields) watch(path);
  for (const { rowId } of ROWS) {
    for (const { column: place } of works.table!.columns) {
      store.cell(cell(rowId, place!.key));
      watch(`/works/${rowId}/${place!.key}`);
    }
  }
  watch('/works/-/sum');
  return { store, drawn };
}

describe('FormStore with a table', () => {
  it('a key stroke draws its cell, the cells computed from it and the totals, and no other row', () => {
    const { store, drawn } = openStore();
    store.changeCell(cell('b', 'serial'), 'AB-1');
    assert.deepEqual(drawn, ['/works/b/serial']);
    drawn.length = 0;
    store.changeCell(cell('b', 'price'), 300);
    assert.deepEqual(drawn.sort(), [
      '/total',
      '/works/-/sum',
      '/works/a/share',
      '/works/b/price',
      '/works/b/share',
      '/works/b/sum',
      '/works/c/share',
    ]);
    assert.equal(store.cell(cell('b', 'sum'))?.value, 300);
  });

  it('what is typed stays in its row when the one above is deleted, and so do its errors', () => {
    const { store, drawn } = openStore();
    store.changeCell(cell('b', 'qty'), 'два');
    store.leaveCell(cell('b', 'qty'));
    assert.equal(store.cell(cell('b', 'qty'))?.errors[0]?.path, '/works/1/qty');
    drawn.length = 0;
    store.changeRows(
      works,
      store.rows(works).filter(({ rowId }) => rowId !== 'a'),
    );
    assert.ok(drawn.includes('/works'), 'the list of rows is drawn');
    assert.deepEqual(store.field('/works').table?.rowIds, ['b', 'c']);
    assert.equal(store.cell(cell('b', 'qty'))?.value, 'два');
    assert.equal(store.cell(cell('b', 'qty'))?.errors[0]?.path, '/works/0/qty');
    assert.equal(store.cell(cell('a', 'qty')), undefined);
  });

  it('an empty cell is told of on submit only, a wrong one when it is left', () => {
    const { store } = openStore();
    store.changeCell(cell('a', 'part'), '');
    store.leaveCell(cell('a', 'part'));
    assert.deepEqual(store.cell(cell('a', 'part'))?.errors, []);
    const outcome = store.submit();
    assert.ok('errors' in outcome);
    assert.deepEqual(
      outcome.errors.map((error) => store.ownerOf(error)),
      ['works/a/part'],
    );
  });

  it('a step shows its own errors, and the summary only those of steps that were checked', () => {
    const { store } = openStore({ result: 'done' });
    assert.deepEqual(store.summary(), []);
    assert.deepEqual(store.check(['result', 'reason']), []);
    assert.equal(store.check(['works']).length, 1);
    assert.deepEqual(
      store.summary().map(({ path }) => path),
      ['/works'],
    );
  });

  it('the server’s word on a cell stays until that cell changes, and goes with its row', () => {
    const { store } = openStore();
    const error = { path: '/works/1/part', keyword: 'options' as const, params: {}, message: 'Снята с производства' };
    store.showServerErrors([error]);
    store.changeCell(cell('a', 'part'), 'другая');
    assert.equal(store.cell(cell('b', 'part'))?.errors.length, 1);
    store.changeRows(
      works,
      store.rows(works).filter(({ rowId }) => rowId !== 'b'),
    );
    assert.deepEqual(store.shownErrors(), []);
  });

  it('a draft keeps rows without the cells that could not be stored, and opens with them', () => {
    const { store } = openStore();
    store.changeCell(cell('a', 'qty'), 'много');
    store.changeCell(cell('a', 'part'), null);
    const draft = store.draft();
    assert.deepEqual((draft['works'] as unknown[])[0], { rowId: 'a', part: null, kind: 'part', price: 100 });
    const again = openStore({ result: 'done', works: ROWS }, draft).store;
    assert.equal(again.cell(cell('a', 'part'))?.value, null);
    assert.equal(again.cell(cell('a', 'qty'))?.value, 1);
  });

  it('a column that no row shows is hidden', () => {
    const { store } = openStore({ result: 'done', works: ROWS.map((row) => ({ ...row, kind: 'work' })) });
    assert.deepEqual(store.field('/works').table?.hidden, ['serial']);
    store.changeCell(cell('a', 'kind'), 'part');
    assert.deepEqual(store.field('/works').table?.hidden, []);
  });
});
