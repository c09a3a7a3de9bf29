import assert from 'node:assert/strict';
import { dropStartDraft, forgetStartDrafts, keepStartDraft, openStartDraft } from './start-draft.ts';

describe('what a tab knows of a form that it fills', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    key: (index: number) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
  beforeEach(() => kept.clear());

  it('begins with 256 random bits of its own, and goes on with them after a reload', () => {
    const draft = openStartDraft('repair', storage);
    assert.match(draft.submission, /^[A-Za-z0-9_-]{43}$/);
    assert.notEqual(openStartDraft('repair', storage).submission, draft.submission);
    keepStartDraft('repair', { ...draft, data: { product: 'Котёл' } }, storage);
    assert.deepEqual(openStartDraft('repair', storage), { ...draft, data: { product: 'Котёл' } });
    assert.deepEqual(openStartDraft('other', storage).data, {});
    dropStartDraft('repair', storage);
    assert.deepEqual(openStartDraft('repair', storage).data, {});
  });

  it('is forgotten on signing out, and nothing else is', () => {
    kept.set('other', '1');
    keepStartDraft('a', { submission: 'x', data: {} }, storage);
    keepStartDraft('b', { submission: 'y', data: {} }, storage);
    forgetStartDrafts(storage);
    assert.deepEqual([...kept.keys()], ['other']);
  });

  it('begins anew when what is kept does not read', () => {
    for (const text of ['{', '{"submission":"short","data":{}}', 'null', '7']) {
      kept.set('reglament-start:repair', text);
      assert.match(openStartDraft('repair', storage).submission, /^[A-Za-z0-9_-]{43}$/);
    }
  });
});
