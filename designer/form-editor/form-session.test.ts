import assert from 'node:assert/strict';
import type { FormDesign, SaveFormDraft } from '#contract';
import { ApiProblem } from '../api/api-problem.ts';
import { titleOf } from './document/form-document.ts';
import { conflictOf, FormSession } from './form-session.ts';
import { templateForm } from './form-templates.ts';

const definition = (title: string) => ({ ...templateForm('request', { key: 'r', title }) });
const design = (title: string, revision: number): FormDesign => ({
  formId: 'r',
  definition: definition(title),
  sample: {},
  revision,
  changed: false,
  savedAt: null,
  savedBy: null,
  savedByName: null,
  published: null,
  steps: [],
});

describe('a form opened for drawing', () => {
  let saved: SaveFormDraft[];
  let answer: (body: SaveFormDraft) => Promise<{ revision: number; savedAt: string }>;
  let session: FormSession;
  beforeEach(() => {
    saved = [];
    answer = (body) => Promise.resolve({ revision: body.revision + 1, savedAt: '2026-11-16T07:00:00Z' });
    session = new FormSession({
      design: design('Моя', 4),
      read: () => Promise.resolve(design('Её', 9)),
      save: (body) => {
        saved.push(body);
        return answer(body);
      },
      pauseMs: 60_000,
    });
    session.start();
  });
  const retitle = (text: string): boolean => session.store.run({ kind: 'setTitle', language: 'ru', text });

  it('saves what has changed against the revision before, and only then', async () => {
    await session.flush();
    session.store.select(null);
    await session.flush();
    assert.deepEqual(saved, []);
    retitle('Моя вторая');
    assert.equal(await session.flush(), true);
    retitle('Моя третья');
    await session.flush();
    assert.deepEqual(
      saved.map(({ revision }) => revision),
      [4, 5],
    );
    assert.equal(session.revision, 6);
  });

  it('says who saved in between; theirs is taken as a step that can be undone', async () => {
    answer = () =>
      Promise.reject(
        new ApiProblem({
          status: 409,
          code: 'conflict',
          errors: [{ path: '/revision', keyword: 'revision', params: { name: 'Вера' }, message: '' }],
        }),
      );
    retitle('Моя вторая');
    assert.equal(await session.flush(), false);
    assert.deepEqual(conflictOf(session.saveState()), { name: 'Вера' });
    await session.takeTheirs();
    assert.equal(titleOf(session.store.document, 'ru'), 'Её');
    session.store.undo();
    assert.equal(titleOf(session.store.document, 'ru'), 'Моя вторая');
    assert.equal(session.revision, 9);
  });

  it('keeps ours over theirs when that is chosen', async () => {
    answer = (body) =>
      body.revision === 9
        ? Promise.resolve({ revision: 10, savedAt: '2026-11-16T07:00:00Z' })
        : Promise.reject(new ApiProblem({ status: 409, code: 'conflict' }));
    retitle('Моя вторая');
    await session.flush();
    await session.keepMine();
    assert.deepEqual((saved.at(-1)!.definition as { title: unknown }).title, { ru: 'Моя вторая' });
    assert.equal(conflictOf(session.saveState()), undefined);
  });
});
