import assert from 'node:assert/strict';
import { keyInBucket } from '#engine';
import { readerOf, type Database } from '../database/connect.ts';
import { migrate } from '../database/migrate.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertRows } from '../database/write-rows.ts';
import { connectTestDatabase } from '../database/test/connect-test-database.ts';
import { elementTable, variableTable } from '../runtime/instance-tables.ts';
import { forEachDialect } from '../test/dialects.ts';
import { readScopeVariables } from './task-read-model.ts';

const key = (sequence: number): number => keyInBucket(3, sequence);

forEachDialect((dialect) => {
  describe('variables of a task', () => {
    let database: Database;
    before(async () => {
      database = await connectTestDatabase((await dialect.connect()).settings);
      await migrate(database);
    });
    after(() => database.close());

    it('are those of its scope and of the scopes around it, the inner ones hiding the outer', async () => {
      const owner = { bucket: 3, process_instance_key: key(1) };
      const element = (own: number, scope: number | null, element_type: string) => ({
        ...owner,
        element_instance_key: key(own),
        element_id: `e${own}`,
        element_type,
        scope_key: scope === null ? null : key(scope),
        state: 'active',
        live_count: 0,
        started_at: 1,
        ended_at: null,
        loop: null,
        loop_index: null,
        called_instance_key: null,
        memory: null,
      });
      const variable = (own: number, scope: number, name: string, value: unknown) => ({
        ...owner,
        variable_key: key(own),
        scope_key: key(scope),
        name,
        value,
        updated_at: 1,
        ended_at: null,
      });
      await inTransaction(database, async (tx) => {
        await insertRows(tx, elementTable, [
          element(1, null, 'process'),
          element(2, 1, 'subProcess'),
          element(3, 2, 'userTask'),
          element(4, 2, 'userTask'),
        ]);
        await insertRows(tx, variableTable, [
          variable(10, 1, 'a', 'root'),
          variable(11, 1, 'b', 'root'),
          variable(12, 2, 'b', { of: 'sub-process' }),
          variable(13, 3, 'c', null),
          variable(14, 4, 'a', 'of a sibling'),
          variable(15, 1, '__proto__', 'harmless'),
        ]);
      });
      const seen = await readScopeVariables(readerOf(database), {
        bucket: 3,
        elementInstanceKey: key(3),
        processInstanceKey: key(1),
      });
      assert.deepEqual(Object.entries(seen).sort(), [
        ['__proto__', 'harmless'],
        ['a', 'root'],
        ['b', { of: 'sub-process' }],
        ['c', null],
      ]);
      assert.equal(Object.getPrototypeOf(seen), Object.prototype);
    });
  });
});
