import assert from 'node:assert/strict';
import { failOnViolations } from '../../test/sql-violations.ts';
import { guardPlan } from './plan-guard.ts';

describe('the guard of the plans', () => {
  it('notes a walk over a whole bucket, once, and nothing that an index begins with', async () => {
    guardPlan('SELECT name FROM user_task WHERE bucket = ? AND process_instance_key = ?');
    guardPlan('SELECT name FROM table_of_a_test WHERE bucket = ?');
    await failOnViolations();
    const walk = 'SELECT name FROM user_task WHERE bucket = ? AND element_instance_key = ?';
    guardPlan(walk);
    await assert.rejects(failOnViolations(), /SQLite walks a whole bucket/);
    guardPlan(walk);
    await failOnViolations();
  });
});
