import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { compileValidator, readForm, type FormField, type VariableMap } from '#engine';
import { FormStore } from './form-store.ts';

const definition: unknown = JSON.parse(
  readFileSync(new URL('../../engine/forms/test/classify-claim.form.json', import.meta.url), 'utf8'),
);
const form = readForm(definition);
const field = (name: string): FormField => form.fieldsByName.get(name)!;

function openStore(stored: VariableMap = {}, draft: VariableMap = {}) {
  const ran: string[] = [];
  const now = Date.UTC(2026, 10, 21, 9);
  const setting = {
    form,
    validate: compileValidator(form),
    binding: {},
    stored,
    context: {},
    language: 'ru' as const,
    now,
    zone: 'Europe/Moscow',
    calendars: {} as never,
  };
  const store = new FormStore({
    ...setting,
    draft,
    onRuleEvaluated: (id) => ran.push(id.split('/').slice(3).join('/')),
  });
  const drawn: string[] = [];
  for (const { path } of form.fields) store.subscribe(path, () => drawn.push(path));
  return { store, ran, drawn };
}

describe('FormStore', () => {
  it('a key stroke draws only the field typed in and runs no rule that does not read it', () => {
    const { store, ran, drawn } = openStore();
    ran.length = 0;
    store.change(field('product'), 'Дверь');
    assert.deepEqual(drawn, ['/product']);
    assert.deepEqual(ran, []);
  });

  it('a rule draws the fields it changes, and only them', () => {
    const { store, ran, drawn } = openStore();
    ran.length = 0;
    store.change(field('topic'), 'defect');
    assert.deepEqual(drawn.sort(), ['/photos', '/purchaseDate', '/topic']);
    assert.deepEqual(ran.sort(), [
      'orderNo/x-required',
      'photos/x-required',
      'purchaseDate/x-assert/0/test',
      'purchaseDate/x-required',
      'purchaseDate/x-visible',
    ]);
  });

  it('keeps one snapshot object while nothing changed, as useSyncExternalStore demands', () => {
    const { store } = openStore();
    const before = store.field('/email');
    store.change(field('product'), 'x');
    assert.equal(store.field('/email'), before);
  });

  it('starts with stored values, defaults where nothing is stored, and the draft on top', () => {
    const { store } = openStore({ channel: 'mail', clientName: 'Иванов' }, { clientName: 'Иванов Пётр' });
    assert.deepEqual(
      ['/channel', '/clientName', '/priority'].map((path) => store.field(path).value),
      ['mail', 'Иванов Пётр', 'normal'],
    );
  });

  it('says nothing before the field is left, mistakes after, emptiness only on submit', () => {
    const { store } = openStore();
    store.change(field('email'), 'ivanov@');
    assert.deepEqual(store.shownErrors(), []);
    store.leave(field('email'));
    store.leave(field('clientName'));
    assert.deepEqual(
      store.shownErrors().map(({ path, keyword }) => [path, keyword]),
      [['/email', 'format']],
    );
    store.change(field('email'), 'ivanov@example.ru');
    assert.deepEqual(store.shownErrors(), []);
    const outcome = store.submit();
    assert.ok('errors' in outcome && outcome.errors[0]?.path === '/channel');
  });

  it('submits what the pipeline gives, hidden values left out and the draft keeping them', () => {
    const stored = { channel: 'mail', clientName: 'Иванов', phone: '+79123456789' };
    const { store } = openStore(stored);
    for (const [name, value] of Object.entries({
      clientKind: 'b2b',
      topic: 'defect',
      purchaseDate: '2026-11-01',
      demand: 'repair',
      isClaim: true,
      assignee: 'petrova',
    }))
      store.change(field(name), value);
    store.change(field('topic'), 'delivery');
    const outcome = store.submit();
    assert.ok('variables' in outcome, JSON.stringify(outcome));
    assert.equal('purchaseDate' in outcome.variables, false);
    assert.equal(store.draft()['purchaseDate'], '2026-11-01');
  });

  it('a draft leaves out what could not be stored', () => {
    const { store } = openStore();
    store.change(field('demand'), 'refund');
    store.change(field('amount'), 'сто');
    assert.deepEqual(store.draft(), { demand: 'refund', priority: 'normal' });
  });

  it('shows an error of the server until its field is changed', () => {
    const { store } = openStore();
    store.showServerErrors([{ path: '/assignee', keyword: 'options', params: {}, message: 'Сотрудник уволен' }]);
    assert.ok(store.shownErrors().some(({ message }) => message === 'Сотрудник уволен'));
    store.change(field('assignee'), 'sidorov');
    assert.ok(!store.shownErrors().some(({ message }) => message === 'Сотрудник уволен'));
  });

  it('does not submit while a file is on its way', () => {
    const { store } = openStore();
    store.block('photos', 'ждите');
    const outcome = store.submit();
    assert.ok(
      'errors' in outcome && outcome.errors.some(({ path, message }) => path === '/photos' && message === 'ждите'),
    );
    store.block('photos', undefined);
    assert.ok(!store.shownErrors().some(({ message }) => message === 'ждите'));
  });

  it('evaluates a key stroke in a form of 300 fields within a frame', () => {
    const names = Array.from({ length: 300 }, (_, index) => `f${index}`);
    const properties = Object.fromEntries(
      names.map((name, index) => [name, { type: 'string', ...(index > 0 && { 'x-required': `f${index - 1} = "x"` }) }]),
    );
    const ru = Object.fromEntries(names.map((name) => [`${name}.label`, name]));
    const large = readForm({
      $schema: 'form/1',
      key: 'large',
      title: { ru: 'Б' },
      data: { type: 'object', properties },
      i18n: { ru },
    });
    const { setting } = openStore().store;
    const store = new FormStore({ ...setting, form: large, validate: compileValidator(large), draft: {} });
    const strokes = Array.from({ length: 100 }, (_, stroke) => {
      const started = performance.now();
      store.change(large.fields[150]!, `text ${stroke}`);
      return performance.now() - started;
    });
    // 0.5 ms on an idle machine; the median, because a neighbour's test may take the processor at any moment.
    const median = strokes.sort((left, right) => left - right)[50]!;
    assert.ok(median < 16, `${median.toFixed(1)} ms per key stroke`);
  });
});
