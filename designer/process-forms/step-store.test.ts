import assert from 'node:assert/strict';
import type { ProcessDesign, StepFormView } from '#contract';
import { LocalDrafts } from './model/local-draft.ts';
import { StepStore } from './step-store.ts';

const form = (binding: StepFormView['binding']): StepFormView => ({ formId: 'visit', bindingType: 'latest', binding });

function design(version: number, steps: Readonly<Record<string, StepFormView | null>>): ProcessDesign {
  return {
    processId: 'claim',
    name: 'Рекламация',
    processDefinitionKey: String(version),
    version,
    xml: '',
    publicUrl: null,
    versions: [],
    steps: Object.entries(steps).map(([elementId, one]) => ({
      elementId,
      elementName: `Шаг ${elementId}`,
      type: 'userTask',
      form: one,
      formExpression: null,
    })),
  };
}

describe('the steps of a process on a screen', () => {
  let drafts: LocalDrafts;
  let kept: Map<string, string>;
  beforeEach(() => {
    kept = new Map();
    const getItem = (key: string): string | null => kept.get(key) ?? null;
    const setItem = (key: string, text: string): void => void kept.set(key, text);
    const removeItem = (key: string): void => void kept.delete(key);
    drafts = new LocalDrafts({ getItem, setItem, removeItem }, 'anna');
  });
  const bind = (store: StepStore, elementId: string, binding: StepFormView['binding']): void =>
    store.run({ kind: 'bindFields', elementId, binding });

  it('opens again with what was left, and can still take it back', () => {
    const opened = design(1, { A: form({}), B: form({}) });
    bind(new StepStore(opened, drafts), 'A', { writable: [] });
    const again = new StepStore(opened, drafts);
    assert.deepEqual([again.state().edited, again.state().conflict], [['A'], undefined]);
    again.undo();
    assert.deepEqual([again.state().edited, kept.size], [[], 0]);
    again.redo();
    assert.deepEqual(again.state().edited, ['A']);
  });

  it('meets a version that somebody deployed meanwhile: open or closed, nothing is lost and it is told', () => {
    const store = new StepStore(design(1, { A: form({}), B: form({}), C: null }), drafts);
    bind(store, 'A', { writable: [] });
    bind(store, 'B', { writable: [] });
    store.run({ kind: 'chooseForm', elementId: 'C', formId: 'visit' });
    const newer = design(2, { A: form({ requiredHere: ['x'] }), B: form({}) });
    const closed = new StepStore(newer, drafts);
    store.meet(newer);
    for (const { edited, conflict, history } of [store.state(), closed.state()]) {
      assert.deepEqual([edited, conflict?.version, conflict?.gone, conflict?.both], [['A', 'B'], 2, ['C'], ['A']]);
      assert.deepEqual(history.forms.get('A'), form({ writable: [] }));
    }
    assert.equal(store.state().conflict?.formerly.get('C'), 'Шаг C');
    store.run({ kind: 'putForm', elementId: 'A', form: form({ requiredHere: ['x'] }) });
    assert.deepEqual(store.state().edited, ['B']);
  });

  it('has nothing left to publish afterwards', () => {
    const store = new StepStore(design(1, { A: form({}) }), drafts);
    bind(store, 'A', { writable: [] });
    store.publishedAs('2');
    store.meet(design(2, { A: form({ writable: [] }) }));
    assert.deepEqual([store.state().edited, store.state().conflict, kept.size], [[], undefined, 0]);
    assert.equal(store.state().history.past.length, 0);
    store.meet(design(3, { A: form({}) }));
    assert.equal(store.state().conflict, undefined, 'nothing was being edited');
  });
});
