import assert from 'node:assert/strict';
import { bucketOf } from '#engine';
import { queryRows, readerOf } from '../database/connect.ts';
import { inTransaction } from '../database/transaction.ts';
import { deleteCases } from '../retention/delete-cases.ts';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { DECISION, resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const HOUR = 60 * 60_000;

/** A task that nobody has yet, then one that the model gives to somebody; in between a case that it calls. */
const ERRAND = bpmn(
  'errand',
  sequence(
    {
      id: 'ask',
      xml: '<bpmn:userTask id="ask"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements></bpmn:userTask>',
    },
    {
      id: 'call',
      xml: '<bpmn:callActivity id="call"><bpmn:extensionElements><zeebe:calledElement processId="called"/></bpmn:extensionElements></bpmn:callActivity>',
    },
    {
      id: 'decide',
      xml: '<bpmn:businessRuleTask id="decide"><bpmn:extensionElements><zeebe:calledDecision decisionId="department" resultVariable="to"/></bpmn:extensionElements></bpmn:businessRuleTask>',
    },
    {
      id: 'given',
      xml: '<bpmn:userTask id="given"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition assignee="logistics"/></bpmn:extensionElements></bpmn:userTask>',
    },
  ),
);
const CALLED = bpmn('called', sequence());

forEachDialect((dialect) => {
  describe('usage metrics', () => {
    let served: ServedV2;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      const files = { 'errand.bpmn': ERRAND, 'called.bpmn': CALLED, 'routing.dmn': DECISION };
      await served.client('boss').createDeployment({ resources: resources(files) });
    });
    after(() => served.close());

    /** Whole hours, so that what is kept of deleted cases is exact. */
    const from = (): string => new Date(Math.floor(Date.now() / HOUR) * HOUR - HOUR).toISOString();
    const to = (hours = 2): string => new Date(Math.floor(Date.now() / HOUR) * HOUR + hours * HOUR - 1).toISOString();
    const ask = (startTime: string, endTime: string, more: { readonly withTenants?: boolean } = {}) =>
      served.client('boss').getUsageMetrics({ startTime, endTime, ...more }, { consistency: { waitUpToMs: 0 } });
    /** The client makes a bigint of each number. */
    const usage = async (startTime = from(), endTime = to()): Promise<Record<string, number>> =>
      Object.fromEntries(Object.entries(await ask(startTime, endTime)).map(([name, n]) => [name, Number(n)]));
    const taskOf = async (processInstanceKey: string): Promise<string> => {
      const { items } = (
        await served.send('boss', 'POST /v2/user-tasks/search', { filter: { processInstanceKey, state: 'CREATED' } })
      ).body as unknown as { readonly items: readonly { readonly userTaskKey: string }[] };
      return items[0]!.userTaskKey;
    };
    const complete = async (processInstanceKey: string, assignee: string): Promise<void> => {
      const task = await taskOf(processInstanceKey);
      await served.client('boss').assignUserTask({ userTaskKey: task as never, assignee, allowOverride: true });
      await served.client('boss').completeUserTask({ userTaskKey: task as never });
      await served.settle();
    };
    const run = async (assignees: readonly [string, string]): Promise<string> => {
      const { processInstanceKey } = await served
        .client('boss')
        .createProcessInstance({ processDefinitionId: 'errand' as never, variables: {} });
      for (const assignee of assignees) await complete(processInstanceKey, assignee);
      return processInstanceKey;
    };
    const deletedIn: number[] = [];
    const remove = async (key: string): Promise<void> => {
      const caseKey = Number(key);
      deletedIn.push(bucketOf(caseKey));
      const deletion = { bucket: bucketOf(caseKey), caseKeys: [caseKey], reason: 'operator', by: null } as const;
      const { caseKeys } = await inTransaction(served.database, (tx) =>
        deleteCases(tx, { ...deletion, now: Date.now() }),
      );
      assert.equal(caseKeys.length, 1);
    };

    it('count cases that began, decisions that were evaluated and people who were assigned, through the official client', async () => {
      assert.deepEqual(await usage(), { processInstances: 0, decisionInstances: 0, assignees: 0, activeTenants: 0 });
      await run(['head', 'warehouse']);
      await served
        .client('boss')
        .evaluateDecision({ decisionDefinitionId: 'department' as never, variables: { kind: 'x' } });
      const counted = await usage();
      // Called cases are none of their own; whom the model assigned, and who was replaced, had a task.
      assert.deepEqual([counted.processInstances, counted.assignees, counted.activeTenants], [1, 3, 1]);
      assert.equal(counted.decisionInstances, 2);
      const { tenants } = await ask(from(), to(), { withTenants: true });
      assert.equal(Number(tenants?.['<default>']?.assignees), 3);
    });

    it('stay the same when cases are deleted, and leave no names', async () => {
      const keys = [await run(['head', 'warehouse']), await run(['boss', 'logistics'])];
      const before = await usage();
      assert.deepEqual([before.processInstances, before.assignees], [3, 4]);
      for (const key of keys) await remove(key);
      assert.deepEqual(await usage(), before);
      const later = new Date(Date.now() + 24 * HOUR).toISOString();
      assert.equal((await usage(later, new Date(Date.now() + 48 * HOUR).toISOString())).processInstances, 0);
      const kept = await queryRows(readerOf(served.database), 'SELECT * FROM deleted_usage');
      assert.ok(kept.length > 0);
      assert.doesNotMatch(JSON.stringify(kept), /boss|head|warehouse|logistics/);
    });

    it('leave out what nothing was kept of, rather than to invent it', async () => {
      const sql = 'UPDATE deleted_case SET usage_kept = NULL WHERE bucket = ?';
      for (const bucket of deletedIn) await inTransaction(served.database, (tx) => queryRows(tx, sql, [bucket]));
      const { processInstances, ...rest } = await usage();
      assert.equal(processInstances, 3);
      assert.deepEqual(rest, { activeTenants: 1 });
    });

    it('refuse a time that runs backwards, and a tenant that is not there', async () => {
      const status = async (query: string): Promise<number> =>
        (await served.send('boss', `GET /v2/system/usage-metrics?${query}`)).status;
      assert.equal(await status(`startTime=${to()}&endTime=${from()}`), 400);
      assert.equal(await status(`startTime=${from()}`), 400);
      assert.equal(await status(`startTime=${from()}&endTime=${to()}&tenantId=other`), 400);
      assert.equal(
        (await served.send('head', `GET /v2/system/usage-metrics?startTime=${from()}&endTime=${to()}`)).status,
        403,
      );
    });
  });
});
