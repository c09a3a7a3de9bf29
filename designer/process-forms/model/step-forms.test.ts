import assert from 'node:assert/strict';
import type { StepFormView } from '#contract';
import { bindingWarnings, mended } from './binding-warnings.ts';
import { carryOver } from './carry-over.ts';
import { stepChanges } from './step-changes.ts';
import { formSections, foundSections } from './form-sections.ts';
import { LocalDrafts } from './local-draft.ts';
import { perform, redo, startHistory, undo } from './step-history.ts';
import { editedSteps } from './step-forms.ts';
import { visitForm } from './test/visit-form.ts';

const visit = (binding: StepFormView['binding'] = {}, formId = 'visit'): StepFormView => ({
  formId,
  bindingType: 'latest',
  binding,
});
const BASE = new Map([
  ['Start', null],
  ['Visit', visit()],
  ['Check', visit({ writable: ['price'] })],
]);
const READ_ONLY = visit({ writable: [] });

describe('forms of the steps being edited', () => {
  it('goes back and forth command by command, and keeps no step for what changes nothing', () => {
    let history = startHistory(BASE);
    history = perform(history, { kind: 'bindFields', elementId: 'Visit', binding: { writable: [] } });
    history = perform(history, { kind: 'bindFields', elementId: 'Visit', binding: { writable: [] } });
    history = perform(history, { kind: 'chooseForm', elementId: 'Start', formId: 'visit' });
    history = perform(history, { kind: 'chooseVersion', elementId: 'Start', bindingType: 'deployment' });
    assert.equal(history.past.length, 3);
    assert.deepEqual(editedSteps(BASE, history.forms), ['Start', 'Visit']);
    history = undo(undo(history));
    assert.deepEqual([...history.forms], [...new Map(BASE).set('Visit', READ_ONLY)]);
    assert.equal(undo(undo(history)).forms, BASE);
    assert.equal(redo(redo(redo(history))).forms.get('Start')?.bindingType, 'deployment');
  });

  it('forgets what a step did with the fields of its old form', () => {
    const history = perform(startHistory(BASE), { kind: 'chooseForm', elementId: 'Check', formId: 'other' });
    assert.deepEqual(history.forms.get('Check'), visit({}, 'other'));
  });

  it('opens a start to others, keeps that with another form, and knows no order of audiences', () => {
    const stands = { ...visit(), openTo: ['anyone' as const, 'contractors' as const] };
    const open = startHistory(new Map([['Start', stands]]));
    const tick = (history: typeof open, openTo: readonly ('anyone' | 'contractors')[]) =>
      perform(history, { kind: 'openStart', elementId: 'Start', openTo });
    assert.equal(tick(open, ['contractors', 'anyone']), open);
    const shut = tick(open, ['contractors']);
    const other = perform(shut, { kind: 'chooseForm', elementId: 'Start', formId: 'other', openTo: [] });
    assert.deepEqual(other.forms.get('Start'), { ...visit({}, 'other'), openTo: ['contractors'] });
    const none = perform(other, { kind: 'chooseForm', elementId: 'Start', formId: null });
    const again = perform(none, { kind: 'chooseForm', elementId: 'Start', formId: 'visit', openTo: [] });
    assert.deepEqual(again.forms.get('Start')?.openTo, [], 'a start that had no form is open to nobody');
  });

  it('carries what was edited over to a newer version, and says what is gone and what both have changed', () => {
    const forms = new Map(BASE).set('Visit', READ_ONLY).set('Check', null).set('Start', visit());
    const newer = new Map([
      ['Visit', visit({ requiredHere: ['cause'] })],
      ['Check', BASE.get('Check')!],
      ['Added', null],
    ]);
    const { forms: carried, gone, both } = carryOver({ base: BASE, forms }, newer);
    assert.deepEqual([gone, both], [['Start'], ['Visit']]);
    assert.deepEqual(
      [...carried],
      [
        ['Visit', READ_ONLY],
        ['Check', null],
        ['Added', null],
      ],
    );
  });

  it('is kept on the device, for each person, until nothing is edited', () => {
    const kept = new Map<string, string>();
    const store = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    };
    const drafts = new LocalDrafts(store, 'anna');
    const draft = { processDefinitionKey: '7', version: 2, base: BASE, forms: new Map(BASE).set('Visit', READ_ONLY) };
    drafts.write('claim', draft);
    assert.deepEqual(drafts.read('claim'), draft);
    assert.equal(new LocalDrafts(store, 'boris').read('claim'), undefined);
    drafts.write('claim', { ...draft, forms: BASE });
    assert.equal(kept.size, 0);
    kept.set('reglament-process-draft anna claim', '{"base":7}');
    assert.equal(drafts.read('claim'), undefined);
  });
});

describe('what a step does, in facts', () => {
  const changes = (before: StepFormView | null, after: StepFormView | null) =>
    stepChanges(before, after, { form: visitForm, language: 'ru' });

  it('tells each field by what becomes of it, fields that go the same way together', () => {
    assert.deepEqual(changes(visit(), visit({ requiredHere: ['cause'] })), [
      { kind: 'field', before: 'writable', level: 'required', labels: ['Причина'] },
    ]);
    assert.deepEqual(changes(visit(), visit({ writable: ['price', 'works', 'works.part', 'works.note'] })), [
      { kind: 'field', before: 'writable', level: 'readable', labels: ['Причина', 'Отказ', 'Работы: Число'] },
    ]);
    assert.deepEqual(changes(visit(), visit({ readable: ['price', 'total'] })), [
      { kind: 'field', before: 'writable', level: 'hidden', labels: ['Причина', 'Отказ', 'Работы'] },
    ]);
  });

  it('tells which form, and of which version', () => {
    assert.deepEqual(changes(null, visit()), [{ kind: 'formSet', formId: 'visit' }]);
    assert.deepEqual(changes(visit(), null), [{ kind: 'formRemoved', formId: 'visit' }]);
    assert.deepEqual(changes(visit({ writable: [] }, 'old'), { ...visit(), bindingType: 'deployment' }), [
      { kind: 'formReplaced', formId: 'visit', formerly: 'old' },
      { kind: 'versionPolicy', bindingType: 'deployment' },
    ]);
    assert.deepEqual(changes(visit({ readable: ['gone', 'price'] }), visit({ readable: ['price'] })), [
      { kind: 'cleaned' },
    ]);
    assert.deepEqual(changes(visit(), visit()), []);
  });

  it('tells who may start the process now', () => {
    const open = { ...visit(), openTo: ['anyone' as const] };
    assert.deepEqual(changes(visit(), open), [{ kind: 'openTo', openness: 'anyone' }]);
    assert.deepEqual(changes(null, { ...open, openTo: ['contractors', 'anyone'] }), [
      { kind: 'formSet', formId: 'visit' },
      { kind: 'openTo', openness: 'both' },
    ]);
    assert.deepEqual(changes(open, null), [
      { kind: 'formRemoved', formId: 'visit' },
      { kind: 'openTo', openness: 'nobody' },
    ]);
  });

  it('warns of what its author may not have meant, and mends what can be mended', () => {
    const binding = {
      readable: ['cause', 'price', 'gone', 'refusal'],
      writable: ['refusal'],
      requiredHere: ['price', 'total', 'refusal'],
    };
    assert.deepEqual(
      bindingWarnings(visitForm, binding, 'ru').map(({ kind, label, rule }) => [kind, label, rule]),
      [
        ['unknownField', 'gone', undefined],
        ['requiredNotWritable', 'Цена', undefined],
        ['requiredHidden', 'Итого', undefined],
        ['requiredByCondition', 'Отказ', 'price > 100'],
        ['formRequires', 'Причина', undefined],
      ],
    );
    const better = mended(visitForm, { readable: ['cause', 'gone'], requiredHere: ['price', 'gone', 'total'] });
    assert.deepEqual(better, { readable: ['cause', 'price'], requiredHere: ['price'] });
    assert.deepEqual(bindingWarnings(visitForm, better, 'ru'), []);
  });

  it('groups the fields as the form does, and finds them by label, name and heading', () => {
    const sections = formSections(visitForm, 'ru');
    const shown = (found: typeof sections) =>
      found.map(({ title, rows }) => [title, rows.map(({ label }) => label).join()]);
    assert.deepEqual(shown(sections), [
      ['Что случилось', 'Причина,Отказ'],
      ['Деньги', 'Цена,Итого'],
      [null, 'Работы,Деталь,Число,Примечание'],
    ]);
    assert.deepEqual(shown(foundSections(sections, 'деньги')), [['Деньги', 'Цена,Итого']]);
    assert.deepEqual(shown(foundSections(sections, 'works.count')), [[null, 'Работы,Число']]);
    assert.deepEqual(foundSections(sections, 'нет такого'), []);
  });
});
