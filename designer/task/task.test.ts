import assert from 'node:assert/strict';
import { DraftSaver, type DraftState, type FormValues } from './draft-saver.ts';
import { dropLocalDraft, forgetLocalDrafts, newerDraft, readLocalDraft, writeLocalDraft } from './local-draft.ts';

describe('draft on the device', () => {
  it('comes back as it was written, and goes when it is dropped', () => {
    const storage = memoryStorage();
    writeLocalDraft('7', { data: { serial: 'КТ-001' }, changedAt: '2026-11-21T09:00:00Z' }, storage);
    assert.deepEqual(readLocalDraft('7', storage)?.data, { serial: 'КТ-001' });
    dropLocalDraft('7', storage);
    assert.equal(readLocalDraft('7', storage), undefined);
  });

  it('ignores what another program or an older release left there', () => {
    const storage = memoryStorage();
    storage.setItem('reglament-draft:7', '{"data":null}');
    assert.equal(readLocalDraft('7', storage), undefined);
    storage.setItem('reglament-draft:7', 'not json');
    assert.equal(readLocalDraft('7', storage), undefined);
  });

  it('is used only when it is newer than the server’s', () => {
    const server = { draft: { data: { a: 'server' }, savedAt: '2026-11-21T09:00:00Z' } };
    assert.deepEqual(newerDraft(server, undefined), { a: 'server' });
    assert.deepEqual(newerDraft(server, { data: { a: 'old' }, changedAt: '2026-11-21T08:59:00Z' }), { a: 'server' });
    assert.deepEqual(newerDraft(server, { data: { a: 'new' }, changedAt: '2026-11-21T09:01:00Z' }), { a: 'new' });
    assert.deepEqual(newerDraft({ draft: null }, { data: { a: 'new' }, changedAt: '2026-11-21T09:01:00Z' }), {
      a: 'new',
    });
  });

  it('leaves nothing typed behind after signing out, and nothing else is touched', () => {
    const storage = memoryStorage();
    storage.setItem('reglament-language', 'en');
    writeLocalDraft('7', { data: {}, changedAt: 'x' }, storage);
    writeLocalDraft('8', { data: {}, changedAt: 'x' }, storage);
    forgetLocalDrafts(storage);
    assert.deepEqual([storage.length, storage.getItem('reglament-language')], [1, 'en']);
  });
});

describe('DraftSaver', () => {
  it('sends only the latest values, one save after another', async () => {
    const { saver, saves, answer, states } = draftSaver();
    saver.change({ a: 1 });
    const first = saver.saveNow();
    saver.change({ a: 2 });
    saver.change({ a: 3 });
    const second = saver.saveNow();
    assert.deepEqual(saves, [{ a: 1 }], 'the second waits for the first');
    answer();
    await first;
    await nextTurn();
    answer();
    await second;
    assert.deepEqual(saves, [{ a: 1 }, { a: 3 }]);
    assert.equal(states.at(-1), 'saved');
  });

  it('keeps what could not be saved and sends it with the next save', async () => {
    const { saver, saves, answer, refuse, states } = draftSaver();
    saver.change({ a: 1 });
    const first = saver.saveNow();
    refuse();
    await first;
    assert.equal(states.at(-1), 'failed');
    const second = saver.saveNow();
    answer();
    await second;
    assert.deepEqual(saves, [{ a: 1 }, { a: 1 }]);
  });

  it('saves nothing once the task is done', async () => {
    const { saver, saves } = draftSaver();
    saver.change({ a: 1 });
    saver.discard();
    saver.change({ a: 2 });
    await saver.saveNow();
    assert.deepEqual(saves, []);
  });
});

/** A saver whose server answers when it is told to; nothing runs by the clock. */
function draftSaver() {
  const saves: FormValues[] = [];
  const states: DraftState['kind'][] = [];
  let settle: { readonly answer: () => void; readonly refuse: () => void } | undefined;
  const saver = new DraftSaver({
    save: (data) => {
      saves.push(data);
      return new Promise((resolve, reject) => {
        settle = {
          answer: () => resolve({ savedAt: '2026-11-21T09:00:00Z' }),
          refuse: () => reject(new Error('refused')),
        };
      });
    },
    onState: ({ kind }) => void states.push(kind),
    onSaved: () => undefined,
    mayRetry: () => false,
    pauseMs: 60_000,
  });
  return { saver, saves, states, answer: () => settle?.answer(), refuse: () => settle?.refuse() };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function memoryStorage() {
  const items = new Map<string, string>();
  return {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
    key: (index: number) => [...items.keys()][index] ?? null,
    get length() {
      return items.size;
    },
  };
}
