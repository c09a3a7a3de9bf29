import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { forEachDialect } from '../test/dialects.ts';
import { until } from '../test/until.ts';
import { CLAIM, DECISION, resources, VERDICT_FORM } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

forEachDialect((dialect) => {
  describe('the official client, strict', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    let warehouse: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      warehouse = served.client('warehouse');
    });
    after(() => served.close());

    it('learns who it is and where', async () => {
      const topology = await boss.getTopology();
      assert.match(topology.gatewayVersion, /^8\.8\./);
      const me = await boss.getAuthentication();
      assert.deepEqual([me.username, me.displayName, me.roles], ['boss', 'Марина Соколова', ['administrator']]);
      await boss.getStatus();
      assert.equal((await boss.getLicense()).validLicense, true);
    });

    it('deploys, starts, works the job, completes the task by its form and reads the result', async () => {
      const deployment = await boss.createDeployment({
        resources: resources({ 'claim.bpmn': CLAIM, 'verdict.form.json': VERDICT_FORM }),
      });
      const [process] = deployment.processes;
      assert.deepEqual([process?.processDefinitionId, process?.processDefinitionVersion], ['claim', 1]);
      assert.equal(deployment.forms[0]?.formId, 'verdict');

      const started = await boss.createProcessInstance({
        processDefinitionId: process!.processDefinitionId,
        variables: { client: 'Строймир', boxes: 10 },
        tags: ['source:mail'] as never,
      });
      const { processInstanceKey } = started;
      // In bucket 0 the first keys have one digit.
      assert.match(processInstanceKey, /^[1-9]\d*$/);

      // The worker of the client weighs.
      const seen: unknown[] = [];
      const worker = boss.createJobWorker({
        jobType: 'weigh',
        maxParallelJobs: 5,
        jobTimeoutMs: 60_000,
        pollTimeoutMs: 300,
        jobHandler: async (job) => {
          seen.push(job.variables, job.tags, job.elementId, job.retries);
          return job.complete({ kilograms: 12.5 });
        },
      });
      const findTask = async () =>
        (await warehouse.searchUserTasks({ filter: { processInstanceKey, state: 'CREATED' } }, NOW)).items[0];
      await until('the worker has weighed', async () => (await findTask()) !== undefined);
      await worker.stopGracefully();
      assert.deepEqual(seen, [{ client: 'Строймир', boxes: 10 }, ['source:mail'], 'weigh', 3]);

      // The task is in the group's list with its form; a stranger does not see it.
      const task = (await findTask())!;
      const { userTaskKey } = task;
      assert.deepEqual(
        [task.name, task.elementId, task.priority, task.candidateGroups, task.dueDate, task.assignee],
        ['Разобрать обращение', 'judge', 70, ['warehouse'], '2026-12-01T09:00:00.000Z', undefined],
      );
      assert.equal((await served.client('logistics').searchUserTasks({}, NOW)).items.length, 0);
      await assert.rejects(served.client('logistics').getUserTask({ userTaskKey }, NOW), { status: 404 });
      const form = await warehouse.getUserTaskForm({ userTaskKey }, NOW);
      assert.equal((form as { formId?: string }).formId, 'verdict');

      await warehouse.assignUserTask({ userTaskKey, assignee: 'warehouse' });
      assert.equal((await warehouse.getUserTask({ userTaskKey }, NOW)).assignee, 'warehouse');
      await warehouse.unassignUserTask({ userTaskKey });
      assert.equal((await warehouse.getUserTask({ userTaskKey }, NOW)).assignee, undefined);
      await warehouse.assignUserTask({ userTaskKey, assignee: 'warehouse' });
      await assert.rejects(warehouse.updateUserTask({ userTaskKey, changeset: { priority: 90 } }), { status: 403 });
      await boss.updateUserTask({ userTaskKey, changeset: { priority: 90, dueDate: '2026-12-05T09:00:00Z' } });
      const changed = await warehouse.getUserTask({ userTaskKey }, NOW);
      assert.deepEqual([changed.priority, changed.dueDate], [90, '2026-12-05T09:00:00.000Z']);
      assert.deepEqual(changed.customHeaders, { hint: 'see the photo' });

      // The form decides, as on the screen.
      await assert.rejects(warehouse.completeUserTask({ userTaskKey, variables: { verdict: 'rejected' } }), {
        status: 422,
      });
      await warehouse.completeUserTask({ userTaskKey, variables: { verdict: 'confirmed' } });
      await assert.rejects(warehouse.completeUserTask({ userTaskKey, variables: { verdict: 'confirmed' } }), {
        status: 409,
      });

      const instance = await boss.getProcessInstance({ processInstanceKey }, NOW);
      assert.deepEqual([instance.state, instance.hasIncident, instance.tags], ['COMPLETED', false, ['source:mail']]);
      const { items } = await boss.searchVariables({ filter: { processInstanceKey } }, NOW);
      assert.deepEqual(Object.fromEntries(items.map(({ name, value }) => [name, JSON.parse(value)])), {
        client: 'Строймир',
        boxes: 10,
        kilograms: 12.5,
        verdict: 'confirmed',
      });
      const variable = await boss.getVariable({ variableKey: items[0]!.variableKey }, NOW);
      assert.equal(variable.value, items[0]!.value);
      const elements = await boss.searchElementInstances({ filter: { processInstanceKey } }, NOW);
      assert.deepEqual(elements.items!.map(({ elementId, type, state }) => `${elementId} ${type} ${state}`).sort(), [
        'claim PROCESS COMPLETED',
        'end END_EVENT COMPLETED',
        'judge USER_TASK COMPLETED',
        'start START_EVENT COMPLETED',
        'weigh SERVICE_TASK COMPLETED',
      ]);
      const { elementInstanceKey } = elements.items!.find(({ elementId }) => elementId === 'judge')!;
      assert.equal((await boss.getElementInstance({ elementInstanceKey }, NOW)).elementName, 'Разобрать обращение');
      const statistics = await boss.getProcessInstanceStatistics({ processInstanceKey }, NOW);
      assert.deepEqual(
        statistics.items!.map(({ elementId, completed }) => [elementId, completed]),
        [
          ['end', 1n],
          ['judge', 1n],
          ['start', 1n],
          ['weigh', 1n],
        ],
      );
      const flows = await boss.getProcessInstanceSequenceFlows({ processInstanceKey }, NOW);
      assert.deepEqual(
        flows.items!.map(({ elementId }) => elementId),
        ['to_weigh', 'to_judge', 'to_end'],
      );
      const callers = await boss.getProcessInstanceCallHierarchy({ processInstanceKey }, NOW);
      assert.deepEqual(
        callers.map((one) => one.processInstanceKey),
        [processInstanceKey],
      );
    });

    it('shows a task only what its form shows, unless the reader may read all', async () => {
      const { processInstanceKey } = await boss.createProcessInstance({
        processDefinitionId: 'claim' as never,
        variables: { verdict: 'confirmed', secretPrice: 100 },
      });
      const [job] = (await boss.activateJobs({ type: 'weigh', timeout: 60_000n as never, maxJobsToActivate: 1 })).jobs;
      await job!.complete();
      const { userTaskKey } = (await warehouse.searchUserTasks({ filter: { processInstanceKey } }, NOW)).items[0]!;
      const names = async (client: CamundaClient) =>
        (await client.searchUserTaskVariables({ userTaskKey }, NOW)).items.map(({ name }) => name).sort();
      assert.deepEqual(await names(warehouse), ['verdict']);
      assert.deepEqual(await names(boss), ['secretPrice', 'verdict']);
      const guess = { filter: { processInstanceVariables: [{ name: 'secretPrice', value: '100' }] } };
      await assert.rejects(warehouse.searchUserTasks(guess, NOW), { status: 403 });
      assert.equal((await boss.searchUserTasks(guess, NOW)).items.length, 1);
      await assert.rejects(warehouse.searchVariables({}, NOW), { status: 403 });
    });

    it('reads definitions and their files', async () => {
      const found = await boss.searchProcessDefinitions(
        { filter: { processDefinitionId: 'claim', isLatestVersion: true } },
        NOW,
      );
      const { processDefinitionKey } = found.items![0]!;
      assert.equal(
        (await boss.getProcessDefinition({ processDefinitionKey: processDefinitionKey! }, NOW)).hasStartForm,
        false,
      );
      assert.equal(await boss.getProcessDefinitionXml({ processDefinitionKey: processDefinitionKey! }, NOW), CLAIM);
      assert.deepEqual(await boss.getStartProcessForm({ processDefinitionKey: processDefinitionKey! }, NOW), {});
      const resource = await boss.getResource({ resourceKey: processDefinitionKey! });
      assert.equal(resource.resourceName, 'claim.bpmn');
      assert.equal(await boss.getResourceContent({ resourceKey: processDefinitionKey! }), CLAIM);
    });

    it('evaluates a decision', async () => {
      const { decisions } = await boss.createDeployment({ resources: resources({ 'routing.dmn': DECISION }) });
      const decisionDefinitionKey = decisions[0]!.decisionDefinitionKey!;
      const result = await boss.evaluateDecision({
        decisionDefinitionId: 'department' as never,
        variables: { kind: 'shortage' },
      });
      assert.deepEqual([result.output, result.failureMessage], ['"warehouse"', '']);
      assert.equal(result.evaluatedDecisions[0]?.matchedRules?.[0]?.ruleId, 'r1');
      const byKey = await boss.evaluateDecision({ decisionDefinitionKey, variables: { kind: 'other' } });
      assert.equal(byKey.output, '"consultation"');
      assert.equal(
        (await boss.getDecisionDefinition({ decisionDefinitionKey }, NOW)).decisionRequirementsId,
        'routing',
      );
      assert.equal(await boss.getDecisionDefinitionXml({ decisionDefinitionKey }, NOW), DECISION);
      const graphs = await boss.searchDecisionRequirements({ filter: { decisionRequirementsId: 'routing' } }, NOW);
      const { decisionRequirementsKey } = graphs.items![0]!;
      const graph = await boss.getDecisionRequirements({ decisionRequirementsKey: decisionRequirementsKey! }, NOW);
      assert.equal(graph.decisionRequirementsName, 'Маршрут');
      assert.equal(
        (await boss.searchDecisionDefinitions({ filter: { decisionRequirementsKey: decisionRequirementsKey! } }, NOW))
          .items!.length,
        1,
      );
    });
  });
});
