import assert from 'node:assert/strict';
import type { ProcessDesign, StepFormView } from '#contract';
import { LocalDrafts, type LocalDraft } from './model/local-draft.ts';
import { formsOf } from './model/step-forms.ts';
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

function draftsIn(kept: Map<string, string>): LocalDrafts {
  const getItem = (key: string): string | null => kept.get(key) ?? null;
  const setItem = (key: string, text: string): void => void kept.set(key, text);
  const removeItem = (key: string): void => void kept.delete(key);
  return new LocalDrafts({ getItem, setItem, removeItem }, 'anna');
}

function draftOf(opened: ProcessDesign): LocalDraft {
  const { processDefinitionKey, version } = opened;
  return { processDefinitionKey, version, base: formsOf(opened), forms: formsOf(opened) };
}

describe('the steps of a process on a screen', () => {
  let drafts: LocalDrafts;
  let kept: Map<string, string>;
  beforeEach(() => {
    kept = new Map();
    drafts = draftsIn(kept);
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
    const closed = new StepStore(newer, draftsIn(new Map(kept)));
    store.meet(newer);
    for (const { edited, conflict, history } of [store.state(), closed.state()]) {
      assert.deepEqual([edited, conflict?.version, conflict?.gone, conflict?.both], [['A', 'B'], 2, ['C'], ['A']]);
      assert.deepEqual(history.forms.get('A'), form({ writable: [] }));
    }
    assert.equal(store.state().conflict?.formerly.get('C'), 'Шаг C');
    store.run({ kind: 'putForm', elementId: 'A', form: form({ requiredHere: ['x'] }) });
    assert.deepEqual(store.state().edited, ['B']);
  });

  it('is the same in every tab: the one that was left behind follows, can take it back, and never writes over it', () => {
    const opened = design(1, { A: form({}), B: form({}) });
    const [left, worked] = [new StepStore(opened, drafts), new StepStore(opened, drafts)];
    bind(left, 'A', { writable: [] });
    worked.adopt();
    bind(worked, 'B', { writable: [] });
    const stored = [...kept];
    assert.equal(left.adopt(), false);
    assert.deepEqual([left.state().edited, [...kept]], [['A', 'B'], stored]);
    left.undo();
    assert.equal(worked.adopt(), false);
    assert.deepEqual(worked.state().edited, ['A']);
    worked.discard();
    assert.equal(left.adopt(), true, 'perhaps it was published');
    assert.deepEqual(left.state().edited, []);
  });

  it('reads the version that another tab works on before it says anything of it', () => {
    const store = new StepStore(design(1, { A: form({}), B: form({}) }), drafts);
    bind(store, 'A', { writable: [] });
    const newer = design(2, { A: form({ writable: [] }), B: form({}) });
    drafts.write('claim', {
      ...draftOf(newer),
      forms: new Map([...draftOf(newer).forms, ['B', form({ writable: [] })]]),
    });
    assert.equal(store.adopt(), true);
    assert.deepEqual(store.state().edited, ['A']);
    store.meet(newer);
    assert.deepEqual([store.state().edited, store.state().conflict, kept.size], [['B'], undefined, 1]);
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
