import assert from 'node:assert/strict';
import { bucketOf } from '#engine';
import { queryRows, readerOf } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { findScans, recordStatements } from '../runtime/test/find-scans.ts';
import { bpmn, callActivity, receive, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createRetention } from './retention.ts';

const DAY = 24 * 60 * 60_000;
/** What outlives a case: the note of its deletion, and what keeps numbers without gaps and mails from coming twice. */
const STAYS = ['deleted_case', 'mail_receipt', 'document_number', 'batch_operation_item'];

forEachDialect((dialect) => {
  describe('how long cases are kept', () => {
    let test: TestApp;
    beforeEach(async () => (test = await startApp((await dialect.connect()).settings)));
    afterEach(() => test.close());

    const newCase = async (mail: string): Promise<string> => {
      const { caseKey } = (await test.mail(mail)).body;
      await test.settle();
      return caseKey;
    };
    const cancel = async (caseKey: string): Promise<void> => {
      assert.equal((await test.call('admin', `POST /v2/process-instances/${caseKey}/cancellation`)).status, 204);
      await test.settle();
    };
    const remove = (caseKey: string, body: object = {}) =>
      test.call('admin', `POST /api/process-instances/${caseKey}/deletion`, body);
    /** Tables with a row that names the case or an instance of it. */
    const tracesOf = async (instanceKeys: readonly number[]): Promise<readonly string[]> => {
      const executor = readerOf(test.database);
      const columns = await queryRows<{ table_name: string; column_name: string }>(
        executor,
        dialect.name === 'sqlite'
          ? `SELECT m.name AS table_name, c.name AS column_name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'`
          : 'SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()',
      );
      const found: string[] = [];
      for (const { table_name: table, column_name: column } of columns) {
        if (!/^(case_key|(root_|parent_)?process_instance_key|holder_key)$/.test(column)) continue;
        const rows = await queryRows(
          executor,
          `SELECT 1 AS one FROM ${table} WHERE ${column} IN (${instanceKeys.join(', ')}) LIMIT 1`,
        );
        if (rows.length > 0) found.push(table);
      }
      return found.filter((table) => !STAYS.includes(table));
    };
    const instancesOf = async (caseKey: string): Promise<readonly number[]> => {
      const rows = await queryRows<{ process_instance_key: number }>(
        readerOf(test.database),
        'SELECT process_instance_key FROM process_instance WHERE root_process_instance_key = ?',
        [Number(caseKey)],
      );
      return rows.map((row) => row.process_instance_key);
    };

    it('an ended case goes with its mail and its files, and leaves one line', async () => {
      const caseKey = await newCase('claim-shortage.eml');
      const other = await newCase('claim-transit.eml');
      const refused = await remove(caseKey);
      assert.equal(refused.status, 409, 'not over yet');
      await cancel(caseKey);
      const instances = await instancesOf(caseKey);
      assert.ok((await tracesOf(instances)).length > 5);

      const statements = await recordStatements(test.database, async () => {
        assert.equal((await remove(caseKey)).status, 204);
      });
      // PostgreSQL counts rows, and reads tables as small as these as a whole.
      assert.ok(
        statements.some(({ sql }) => sql.includes('raw_sha256 = ')),
        'who else has a content is asked, too',
      );
      if (dialect.name === 'sqlite') assert.deepEqual(await findScans(test.database, statements), []);
      assert.deepEqual(await tracesOf(instances), []);
      assert.equal((await test.call('admin', `GET /api/cases/${caseKey}`)).status, 404);
      assert.equal((await remove(caseKey)).status, 404);
      assert.equal((await test.call('admin', `GET /api/cases/${other}`)).status, 200, 'the neighbour stays');
      const [note] = await queryRows(readerOf(test.database), 'SELECT * FROM deleted_case');
      const said = [note!['reason'], note!['deleted_by'], note!['process_id']];
      assert.deepEqual(said, ['operator', 'admin', 'claim-intake']);
    });

    it('what it called goes with it, and not alone', async () => {
      const word = receive('hear', 'word', '=&quot;W-1&quot;');
      const resources = [
        { name: 'inner.bpmn', content: bpmn('inner', sequence(word, userTask('ask')), word.around) },
        { name: 'outer.bpmn', content: bpmn('outer', sequence(callActivity('call', 'inner'))) },
      ];
      await test.app.deployments.deploy({ resources, by: null });
      const started = await test.call('admin', 'POST /v2/process-instances', { processDefinitionId: 'outer' });
      const caseKey = started.body.processInstanceKey;
      await test.settle();
      const message = { name: 'word', correlationKey: 'W-1', timeToLive: 0, variables: {} };
      await test.call('admin', 'POST /v2/messages/publication', message);
      await cancel(caseKey);
      const instances = await instancesOf(caseKey);
      assert.equal(instances.length, 2);
      assert.ok((await tracesOf(instances)).includes('correlated_subscription'), 'of who got the message');
      const called = String(instances.find((key) => String(key) !== caseKey));
      const refused = await remove(called);
      assert.deepEqual(
        [refused.status, refused.body.detail.includes(caseKey)],
        [409, true],
        'names the case to delete',
      );
      assert.equal((await remove(caseKey)).status, 204);
      assert.deepEqual(await tracesOf(instances), []);
    });

    it('a process killed between the transactions of a deletion leaves nothing behind for good', async () => {
      const word = receive('hear', 'word', '=&quot;W-2&quot;');
      const begun = sequence(word, userTask('ask')).replace(
        '<bpmn:startEvent id="start">',
        '<bpmn:startEvent id="start"><bpmn:messageEventDefinition messageRef="go"/>',
      );
      const content = bpmn('held', begun, `${word.around}<bpmn:message id="go" name="go"/>`);
      await test.app.deployments.deploy({ resources: [{ name: 'held.bpmn', content }], by: null });
      const publish = (name: string, correlationKey: string) =>
        test.call('admin', 'POST /v2/messages/publication', { name, correlationKey, timeToLive: 0, variables: {} });
      for (const killedAt of [1, 2]) {
        await publish('go', 'client-9');
        await publish('word', 'W-2');
        const [row] = await queryRows<{ key: number }>(
          readerOf(test.database),
          "SELECT process_instance_key AS key FROM process_instance WHERE process_id = 'held'",
        );
        const caseKey = row!.key;
        await test.call('admin', `POST /v2/process-instances/${caseKey}/cancellation`);
        const before = await tracesOf([caseKey]);
        assert.ok(before.includes('reservation') && before.includes('correlated_subscription'), before.join());

        let commits = 0;
        const beforeCommit = (): void => {
          commits += 1;
          if (commits >= killedAt) throw new Error('killed');
        };
        const clock = { now: () => test.now() };
        const files = { forget: () => Promise.resolve() };
        const dying = createRetention({ database: { ...test.database, beforeCommit }, files, clock });
        await assert.rejects(dying.deleteCase({ caseKey, withDocuments: false, by: 'admin' }), /killed/);
        assert.equal(commits, killedAt);
        assert.equal((await remove(String(caseKey))).status, 204, 'it is still there to be deleted again');
        // The message itself, which is past its time, takes the note of who got it.
        await test.settle();
        assert.deepEqual(await tracesOf([caseKey]), []);
      }
    });

    it('a case that cannot be deleted keeps none of its neighbours', async () => {
      const content = bpmn('stuck', sequence(userTask('ask')));
      await test.app.deployments.deploy({ resources: [{ name: 'stuck.bpmn', content }], by: null });
      const keys: number[] = [];
      for (let count = 0; count < 3; count += 1) {
        const started = await test.call('admin', 'POST /v2/process-instances', { processDefinitionId: 'stuck' });
        keys.push(Number(started.body.processInstanceKey));
      }
      assert.equal(new Set(keys.map(bucketOf)).size, 1, 'in one lot');
      for (const key of keys) await test.call('admin', `POST /v2/process-instances/${key}/cancellation`);
      const clock = { now: () => test.now() };
      const files = { forget: () => Promise.resolve() };
      let spoilt = false;
      test.database.writer.on('query', ({ sql, bindings }: { sql: string; bindings: readonly unknown[] }) => {
        if (sql.startsWith('DELETE FROM process_instance')) spoilt ||= String(bindings[1]).includes(String(keys[1]));
      });
      const beforeCommit = (): void => {
        const fails = spoilt;
        spoilt = false;
        if (fails) throw new Error('a row that cannot go');
      };
      const retention = createRetention({ database: { ...test.database, beforeCommit }, files, clock });
      await retention.put({ processId: 'stuck', keepDays: 1, withDocuments: false }, 'admin');
      test.advance(2 * DAY);
      await assert.rejects(retention.sweep(test.app.node.rights()), /1 failed .* a row that cannot go/);
      const left = await queryRows<{ key: number }>(
        readerOf(test.database),
        "SELECT process_instance_key AS key FROM process_instance WHERE process_id = 'stuck'",
      );
      assert.deepEqual(
        left.map(({ key }) => key),
        [keys[1]],
      );
    });

    it('a rule takes what is past its days, in the next round, and says beforehand how many', async () => {
      const old = await newCase('claim-shortage.eml');
      await cancel(old);
      test.advance(20 * DAY);
      const young = await newCase('claim-transit.eml');
      await cancel(young);
      const running = await newCase('claim-defect.eml');
      test.advance(15 * DAY);
      const rule = await test.call('admin', 'PUT /api/retention/claim-intake', { keepDays: 30 });
      assert.deepEqual([rule.body.ended, rule.body.due, rule.body.held, rule.body.setBy], [2, 1, 0, 'admin']);
      await test.settle();
      const there = async (key: string) => (await test.call('admin', `GET /api/cases/${key}`)).status;
      assert.deepEqual([await there(old), await there(young), await there(running)], [404, 200, 200]);
      const { items } = (await test.call('admin', 'GET /api/retention')).body;
      assert.deepEqual([items.length, items[0].ended, items[0].due], [1, 1, 0]);

      assert.equal((await test.call('admin', 'DELETE /api/retention/claim-intake')).status, 204);
      test.advance(365 * DAY);
      await test.settle();
      assert.equal(await there(young), 200, 'kept for ever again');
    });

    it('numbered documents hold a case until it is said that they may go', async () => {
      const caseKey = await newCase('claim-shortage.eml');
      await cancel(caseKey);
      await inTransaction(test.database, (tx) =>
        queryRows(
          tx,
          `INSERT INTO document (bucket, document_key, case_key, job_key, template, title, series, document_number,
             html_sha256, pdf_sha256, created_by, created_at)
           SELECT bucket, 1, process_instance_key, 1, 'act', 'Акт', 'АКТ', 'АКТ-1', 'a', 'b', NULL, 0
           FROM process_instance WHERE process_instance_key = ?`,
          [Number(caseKey)],
        ),
      );
      test.advance(10 * DAY);
      const rule = (withDocuments: boolean) =>
        test.call('admin', 'PUT /api/retention/claim-intake', { keepDays: 1, withDocuments });
      const held = await rule(false);
      assert.deepEqual([held.body.due, held.body.held], [0, 1]);
      await test.settle();
      const refused = await remove(caseKey);
      assert.deepEqual([refused.status, refused.body.code], [409, 'conflict']);
      assert.deepEqual((await rule(true)).body.due, 1);
      await test.settle();
      assert.equal((await test.call('admin', `GET /api/cases/${caseKey}`)).status, 404);
    });

    it('refuses a rule of no days', async () => {
      const refused = await test.call('admin', 'PUT /api/retention/claim-intake', { keepDays: 0 });
      assert.deepEqual([refused.status, refused.body.errors[0].path], [400, '/keepDays']);
    });
  });
});
