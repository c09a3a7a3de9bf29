import assert from 'node:assert/strict';
import { ApiProblem, readProblem } from './api-problem.ts';
import { createIntentions } from './intentions.ts';
import { request, whenSignedOut, withQuery } from './request.ts';
import { write } from './write.ts';

interface Sent {
  readonly url: string;
  readonly headers: Record<string, string>;
}

describe('api', () => {
  const realFetch = globalThis.fetch;
  let sent: Sent[] = [];
  let answers: (() => Promise<Response>)[] = [];

  beforeEach(() => {
    sent = [];
    globalThis.fetch = ((url: string, init: RequestInit) => {
      sent.push({ url, headers: init.headers as Record<string, string> });
      return (answers.shift() ?? (() => Promise.resolve(new Response('{}'))))();
    }) as typeof fetch;
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
    answers = [];
  });

  it('sends a double click once', async () => {
    answers = [() => Promise.resolve(new Response('{"savedAt":"x"}'))];
    const intent = { method: 'POST', path: '/api/tasks/1/complete', body: { data: { a: 1 } } } as const;
    const [first, second] = await Promise.all([write(intent), write(intent)]);
    assert.equal(sent.length, 1);
    assert.deepEqual(first, second);
  });

  it('repeats after a lost connection under the same key, and uses a new one for the next intention', async () => {
    answers = [
      () => Promise.reject(new TypeError('network')),
      () => Promise.resolve(new Response(null, { status: 204 })),
    ];
    const intent = { method: 'PUT', path: '/api/tasks/1/assignee', body: { username: 'anna' } } as const;
    await write(intent);
    await write(intent);
    const keys = sent.map((call) => call.headers['idempotency-key']);
    assert.equal(keys.length, 3);
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[1], keys[2]);
  });

  it('keeps the key of an intention whose outcome is unknown', () => {
    const keys = createIntentions(counter());
    assert.equal(keys.keyFor('complete:1', { a: 1 }), keys.keyFor('complete:1', { a: 1 }));
    assert.notEqual(keys.keyFor('complete:1', { a: 1 }), keys.keyFor('complete:1', { a: 2 }));
    const before = keys.keyFor('complete:1', { a: 1 });
    keys.settle('complete:1', { a: 1 });
    assert.notEqual(keys.keyFor('complete:1', { a: 1 }), before);
  });

  it('does not repeat what the server refused', async () => {
    const body = {
      status: 422,
      title: 'Form',
      detail: 'Проверьте форму',
      errors: [{ path: '/serial', keyword: 'pattern', params: {}, message: 'Не тот вид' }],
    };
    answers = [
      () => Promise.resolve(new Response(JSON.stringify(body), { status: 422, headers: { 'x-request-id': 'r-1' } })),
    ];
    const problem = await write({ method: 'POST', path: '/x' }).catch((error: unknown) => error);
    assert.ok(problem instanceof ApiProblem);
    assert.equal(sent.length, 1);
    assert.deepEqual([problem.status, problem.requestId, problem.errors[0]?.path], [422, 'r-1', '/serial']);
  });

  it('turns any body, HTML of a proxy included, into a problem', async () => {
    const problem = await readProblem(new Response('<h1>Bad gateway</h1>', { status: 502 }));
    assert.deepEqual([problem.status, problem.transient, problem.errors.length], [502, true, 0]);
    const odd = await readProblem(new Response('{"errors":"no list"}', { status: 400 }));
    assert.deepEqual(odd.errors, []);
  });

  it('tells the application that the session has ended, except when it asks who is signed in', async () => {
    let signedOut = 0;
    whenSignedOut(() => signedOut++);
    answers = [
      () => Promise.resolve(new Response('{}', { status: 401 })),
      () => Promise.resolve(new Response('{}', { status: 401 })),
    ];
    await assert.rejects(request('/api/tasks'));
    await assert.rejects(request('/api/session'));
    assert.equal(signedOut, 1);
  });

  it('leaves unset values out of the query', () => {
    assert.equal(
      withQuery('/api/tasks', { tab: 'mine', search: '', cursor: undefined, limit: 50 }),
      '/api/tasks?tab=mine&limit=50',
    );
    assert.equal(withQuery('/api/x'), '/api/x');
  });
});

function counter(): () => string {
  let count = 0;
  return () => String(++count);
}
