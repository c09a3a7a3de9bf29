import assert from 'node:assert/strict';
import { readerOf } from '../database/connect.ts';
import { insertRows } from '../database/write-rows.ts';
import { inTransaction } from '../database/transaction.ts';
import { ALL_RIGHTS } from '../nodes/rights.ts';
import { readCaseProgress } from '../start-forms/case-progress.ts';
import type { Notifications } from '../notifications/notifications.ts';
import { replyNotice } from '../notifications/reply-notice.ts';
import { forEachDialect } from '../test/dialects.ts';
import { claimDueTimers } from '../worker/claim-due-timers.ts';
import { claimJobs } from '../worker/claim-jobs.ts';
import type { OutboxHandler } from '../worker/deliver-outbox.ts';
import { findFree } from '../messages/reservations.ts';
import * as tables from './instance-tables.ts';
import { loadInstances } from './load-instances.ts';
import { compensationTable, loopItemTable, loopResultTable } from './scope-rows.ts';
import { conditionSubscriptionTable, messageSubscriptionTable, signalSubscriptionTable } from './subscription-rows.ts';
import { bpmn, receive, sequence, serviceTask, timer, userTask } from './test/bpmn.ts';
import { findScans, recordStatements } from './test/find-scans.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  before(async () => (runtime = await openRuntime(dialect)));
  after(() => runtime.drop());

  it('the statements of a step, a claim and a correlation use an index of every table that grows', async () => {
    const news = receive('hear', 'news', '=n');
    const body = sequence(userTask('ask'), serviceTask('work', 'work'), timer('pause', 'PT1M'), news, userTask('last'));
    const definition = await runtime.deployProcess(bpmn('hot', body, news.around));
    const key = (await runtime.runner.start({ processDefinitionKey: definition, variables: { n: 'x' }, by: null }))
      .processInstanceKey;
    const seen = await recordStatements(runtime.database, async () => {
      // What a command of another process has to read; ours remembers the instance.
      await inTransaction(runtime.database, (tx) => loadInstances(tx, [key]));
      const [task] = await runtime.rows(
        'SELECT user_task_key AS key FROM user_task WHERE process_instance_key = ? AND bucket = ?',
        [key, Math.floor(key / 2 ** 45)],
      );
      await runtime.runner.run({
        processInstanceKey: key,
        by: 'anna',
        build: () => ({ kind: 'completeUserTask', userTaskKey: task!.key as number, variables: {} }),
      });
      const [job] = await claimJobs(runtime.database, {
        type: 'work',
        worker: 'w',
        timeout: 1,
        maxJobs: 5,
        now: runtime.clock.now(),
      });
      await runtime.runner.run({
        processInstanceKey: key,
        by: null,
        build: () => ({ kind: 'completeJob', jobKey: job!.jobKey, variables: {} }),
      });
      runtime.clock.advance(60_000);
      await claimDueTimers(runtime.database, { now: runtime.clock.now(), limit: 50, rights: ALL_RIGHTS });
      runtime.clock.advance(60_000);
      await runtime.worker.drain();
      await runtime.messages.publish({ name: 'news', correlationKey: 'x', variables: {}, timeToLive: 0, by: null });
      await runtime.signals.broadcast({ name: 'bell', variables: {} });
      await runtime.worker.drain();
      await findFree(readerOf(runtime.database), { limit: 10, rights: ALL_RIGHTS, now: 0 });
      await readCaseProgress(readerOf(runtime.database), runtime.definitions, { caseKey: key, language: 'ru' });
      const reply = { from: 'client', subject: 'answer', fromRootProcessInstanceKey: key };
      const notifications = { notify: () => Promise.resolve() } as unknown as Notifications;
      const notice = { payload: reply, outboxId: 'o' } as unknown as Parameters<OutboxHandler>[0];
      await replyNotice({ database: runtime.database, notifications })(notice);
    });
    assert.ok(seen.length > 60, `${seen.length} statements`);

    const statements = [...new Map(seen.map((query) => [query.sql, query])).values()];
    // SQLite goes by its fixed statistics (ADR 0028), and must find its way by counted ones, too.
    const bad = dialect.name === 'postgres' ? [] : await findScans(runtime.database, statements);
    await fill(runtime);
    bad.push(...(await findScans(runtime.database, statements)));
    assert.deepEqual(bad, []);
  });
});

/** 5,000 rows of strangers in each table that a step reads: a small table is best read as a whole, whatever its indexes. */
async function fill({ database, clock }: TestRuntime): Promise<void> {
  const at = clock.now() + 1e9;
  const rows = Array.from({ length: 5_000 }, (_, n) => {
    const bucket = n % 256;
    const own = bucket * 2 ** 45 + 1e9 + n;
    const owner = { bucket, process_instance_key: own };
    return { ...owner, own };
  });
  const stranger = {
    process_definition_key: 1,
    process_id: 'p',
    definition_version: 1,
    element_instance_key: 1,
    element_id: 'e',
  };
  await inTransaction(database, async (tx) => {
    await insertRows(
      tx,
      tables.elementTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        element_instance_key: own,
        element_id: 'e',
        element_type: 'userTask',
        scope_key: null,
        state: 'active',
        started_at: at,
        ended_at: null,
        loop: null,
        loop_index: null,
        called_instance_key: null,
        memory: null,
      })),
    );
    await insertRows(
      tx,
      tables.variableTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        variable_key: own,
        scope_key: own,
        name: 'n',
        value: own,
        updated_at: at,
        ended_at: null,
      })),
    );
    await insertRows(
      tx,
      tables.timerTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        timer_key: own,
        element_instance_key: own,
        element_id: 'e',
        purpose: 'event',
        due_at: at,
        cycle: null,
      })),
    );
    await insertRows(
      tx,
      messageSubscriptionTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        ...stranger,
        subscription_key: own,
        message_name: 'other',
        correlation_key: `${own}`,
        interrupting: true,
        opened_at: at,
      })),
    );
    await insertRows(
      tx,
      tables.jobTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        ...stranger,
        job_key: own,
        type: `type ${own % 50}`,
        retries: 3,
        priority: 0,
        headers: {},
        available_at: at,
        queue_at: at,
        error_message: null,
        state: 'CREATED',
        created_at: at,
        ended_at: null,
        lease_owner: null,
        lease_until: null,
      })),
    );
    await insertRows(
      tx,
      tables.incidentTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        ...stranger,
        incident_key: own,
        type: 'UNKNOWN',
        message: '',
        job_key: null,
        retry: null,
        created_at: at,
        ended_at: null,
      })),
    );
    await insertRows(
      tx,
      tables.historyTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        sequence: 1,
        at,
        actor: null,
        kind: 'instanceStarted',
        event: { own },
      })),
    );
    await insertRows(
      tx,
      tables.tokenTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        token_key: own,
        scope_key: own,
        element_id: 'e',
        flow_id: 'f',
        arrived_at: at,
      })),
    );
    await insertRows(
      tx,
      loopResultTable,
      rows.map(({ own, ...owner }) => ({ ...owner, loop_result_key: own, body_key: own, loop_index: 0, value: null })),
    );
    await insertRows(
      tx,
      loopItemTable,
      rows.map(({ own, ...owner }) => ({ ...owner, body_key: own, items: [] })),
    );
    await insertRows(
      tx,
      compensationTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        record_key: own,
        scope_key: own,
        element_instance_key: own,
        element_id: 'e',
        element_type: 'userTask',
        handler_id: 'h',
        snapshot: null,
        called_instance_key: null,
      })),
    );
    const waiting = rows.map(({ own, ...owner }) => ({
      ...owner,
      subscription_key: own,
      process_definition_key: 1,
      process_id: 'p',
      element_instance_key: 1,
      element_id: 'e',
      interrupting: true,
      opened_at: at,
      own,
    }));
    await insertRows(
      tx,
      signalSubscriptionTable,
      waiting.map(({ own, ...row }) => ({ ...row, signal_name: `other ${own}` })),
    );
    await insertRows(
      tx,
      conditionSubscriptionTable,
      waiting.map(({ own: _, ...row }) => ({ ...row, definition_index: 0, holds: false })),
    );
    const header = {
      root_process_instance_key: 0,
      parent_process_instance_key: null,
      parent_element_instance_key: null,
      parent_catches: null,
      call_depth: 0,
      process_definition_key: 1,
      deployment_key: 1,
      process_id: 'p',
      process_name: 'p',
      definition_version: 1,
      version_tag: null,
      business_id: null,
      conversation_key: null,
      tags: [],
      state: 'active',
      started_at: at,
      ended_at: null,
      suspended_at: null,
      history_length: 1,
      case_number: null,
      title: null,
      client: null,
      case_search: '',
    };
    await insertRows(
      tx,
      tables.processInstanceTable,
      rows.map(({ own, ...owner }) => ({
        ...header,
        ...owner,
        root_process_instance_key: own,
      })),
    );
    await insertRows(
      tx,
      tables.userTaskTable,
      rows.map(({ own, ...owner }) => ({
        ...owner,
        ...stranger,
        user_task_key: own,
        root_process_instance_key: own,
        process_name: 'p',
        name: 'n',
        state: 'CREATED',
        assignee: null,
        candidate_users: [],
        candidate_groups: [],
        due_at: null,
        follow_up_at: null,
        priority: 50,
        form: null,
        headers: {},
        deadline: null,
        sort_due_at: null,
        warn_at: null,
        created_at: at,
        ended_at: null,
        completed_by: null,
        case_number: null,
        case_title: null,
        client: null,
        case_search: '',
        name_search: 'n',
      })),
    );
    await insertRows(
      tx,
      tables.candidateTable,
      rows.map(({ bucket, own }) => ({
        bucket,
        user_task_key: own,
        kind: 'group',
        name: `g${own % 50}`,
      })),
    );
  });
  await database.writer.raw('ANALYZE');
}
