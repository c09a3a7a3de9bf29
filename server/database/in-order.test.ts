import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Executor } from './connect.ts';
import { inOrder } from './in-order.ts';

describe('statements in order', () => {
  const on = (pipelines: boolean): Executor => ({ dialect: { pipelines } }) as unknown as Executor;

  it('in a pipeline: throws what failed first, so that a conflict is tried again, and waits for all', async () => {
    const conflict = Object.assign(new Error('conflict'), { code: '40001' });
    let answered = 0;
    const statements = [
      async () => {
        await sleep(5);
        throw Object.assign(new Error('current transaction is aborted'), { code: '25P02' });
      },
      () => Promise.reject(conflict),
      async () => {
        await sleep(10);
        answered += 1;
      },
    ];
    await assert.rejects(inOrder(on(true), statements), conflict);
    assert.equal(answered, 1);
  });

  it('without one: nothing is sent after what failed', async () => {
    let sent = 0;
    const statements = [() => Promise.reject(new Error('first')), async () => void (sent += 1)];
    await assert.rejects(inOrder(on(false), statements), /first/);
    assert.equal(sent, 0);
  });
});
