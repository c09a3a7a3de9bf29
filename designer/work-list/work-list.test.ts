import type { TaskSummary } from '#contract';
import assert from 'node:assert/strict';
import { moveCursor, nextTask } from './next-task.ts';
import { isNarrowed, readTaskSearch, taskFilter } from './task-search.ts';

const tasks = ['1', '2', '3'].map((userTaskKey) => ({ userTaskKey }) as TaskSummary);

describe('work list', () => {
  it('reads an address and drops what does not belong there', () => {
    assert.deepEqual(readTaskSearch({ tab: 'group', q: 'котёл', deadline: 'soon', junk: 1 }), {
      tab: 'group',
      q: 'котёл',
      deadline: 'soon',
    });
    assert.deepEqual(readTaskSearch({ tab: 'mine', deadline: 'never', q: '' }), {});
    assert.deepEqual(readTaskSearch({ q: 2026 }), { q: '2026' });
  });

  it('asks the server only for what is set, and for all tasks only with the right to', () => {
    assert.deepEqual(taskFilter({}, false), { tab: 'mine' });
    assert.deepEqual(taskFilter({ tab: 'all', q: 'x' }, true), { tab: 'all', search: 'x' });
    assert.deepEqual(taskFilter({ tab: 'all' }, false), { tab: 'mine' });
    assert.deepEqual([isNarrowed({ tab: 'all' }), isNarrowed({ deadline: 'soon' })], [false, true]);
  });

  it('opens the task below the finished one, at the end the one above', () => {
    assert.equal(nextTask(tasks, '1')?.userTaskKey, '2');
    assert.equal(nextTask(tasks, '3')?.userTaskKey, '2');
    assert.equal(nextTask(tasks, '9')?.userTaskKey, '1');
    assert.equal(nextTask([tasks[0] as TaskSummary], '1'), undefined);
  });

  it('moves by j and k and stops at the ends', () => {
    assert.equal(moveCursor(tasks, undefined, -1)?.userTaskKey, '1');
    assert.equal(moveCursor(tasks, '2', 1)?.userTaskKey, '3');
    assert.equal(moveCursor(tasks, '3', 1)?.userTaskKey, '3');
    assert.equal(moveCursor(tasks, '1', -1)?.userTaskKey, '1');
  });
});
