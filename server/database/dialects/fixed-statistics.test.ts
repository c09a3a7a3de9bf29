import assert from 'node:assert/strict';
import { fixedStatistics } from './fixed-statistics.ts';

const told = (columns: readonly string[], { unique = false, partial = false } = {}): string =>
  fixedStatistics({ columns, unique, partial });

describe('what the planner is told of an index', () => {
  it('a bucket has hundreds of thousands of rows, an instance a few, a key one', () => {
    assert.equal(told(['bucket', 'user_task_key'], { unique: true }), '100000000 390625 1 noskipscan');
    assert.equal(told(['bucket', 'process_instance_key', 'ended_at']), '100000000 390625 20 2 noskipscan');
  });

  it('very many rows have the same word, a process is one, and few the same time', () => {
    assert.equal(
      told(['process_id', 'state', 'started_at', 'process_instance_key']),
      '100000000 500000 250000 2 1 noskipscan',
    );
  });

  it('an index of some rows holds a part of them', () => {
    assert.equal(told(['due_at', 'bucket'], { partial: true }), '10000000 2 1 noskipscan');
  });
});
