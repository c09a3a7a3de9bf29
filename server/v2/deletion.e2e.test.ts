import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { createDefinitions } from '../runtime/definitions.ts';
import { bpmn } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { CLAIM, DECISION, resources, VERDICT_FORM } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

/** Started by a message as well; the job type tells the version. */
const started = (job: string): string =>
  bpmn(
    'started',
    `<bpmn:startEvent id="go"><bpmn:outgoing>a</bpmn:outgoing><bpmn:messageEventDefinition messageRef="m"/></bpmn:startEvent>
     <bpmn:startEvent id="byHand"><bpmn:outgoing>b</bpmn:outgoing></bpmn:startEvent>
     <bpmn:serviceTask id="work" name="Работа ${job}"><bpmn:extensionElements><zeebe:taskDefinition type="${job}"/></bpmn:extensionElements>
       <bpmn:incoming>a</bpmn:incoming><bpmn:incoming>b</bpmn:incoming><bpmn:outgoing>c</bpmn:outgoing></bpmn:serviceTask>
     <bpmn:endEvent id="end"><bpmn:incoming>c</bpmn:incoming></bpmn:endEvent>
     <bpmn:sequenceFlow id="a" sourceRef="go" targetRef="work"/>
     <bpmn:sequenceFlow id="b" sourceRef="byHand" targetRef="work"/>
     <bpmn:sequenceFlow id="c" sourceRef="work" targetRef="end"/>`,
    '<bpmn:message id="m" name="go"/>',
  );

forEachDialect((dialect) => {
  describe('deletion of what was deployed', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
    });
    after(() => served.close());

    const deploy = (files: Record<string, string>) => boss.createDeployment({ resources: resources(files) });
    const deployStarted = async (job: string) => (await deploy({ 'started.bpmn': started(job) })).processes[0]!;
    const take = async (type: string) =>
      (await boss.activateJobs({ type, timeout: 60_000, maxJobsToActivate: 10, requestTimeout: -1 })).jobs;
    const remove = (resourceKey: string) => boss.deleteResource({ resourceKey: resourceKey as never });

    it('a process version: refused while it runs; then the one before it is the latest, with its starts', async () => {
      const first = await deployStarted('one');
      const second = await deployStarted('two');
      const { processInstanceKey } = await boss.createProcessInstance({ processDefinitionId: 'started' as never });
      await assert.rejects(remove(second.processDefinitionKey), { status: 409 });
      const [job] = await take('two');
      await boss.completeJob({ jobKey: job!.jobKey });

      await remove(second.processDefinitionKey);
      await assert.rejects(remove(second.processDefinitionKey), { status: 404 });
      const { processDefinitionKey } = second;
      await assert.rejects(boss.getProcessDefinition({ processDefinitionKey }, NOW), { status: 404 });
      await assert.rejects(boss.createProcessInstance({ processDefinitionKey }), { status: 404 });
      const filter = { processDefinitionId: 'started', isLatestVersion: true };
      const latest = await boss.searchProcessDefinitions({ filter }, NOW);
      assert.deepEqual(
        latest.items!.map(({ version }) => version),
        [1],
      );
      const again = await boss.createProcessInstance({ processDefinitionId: 'started' as never });
      assert.equal(again.processDefinitionKey, first.processDefinitionKey);
      await boss.correlateMessage({ name: 'go' });
      assert.equal((await take('one')).length, 2, 'by hand and by message');

      const ended = await boss.searchElementInstances(
        { filter: { processInstanceKey, elementId: 'work' as never } },
        NOW,
      );
      assert.equal(ended.items![0]!.elementName, 'Работа two', 'the ended case goes on showing its model');
    });

    it('gives its number to no other version, and other nodes know of it', async () => {
      const other = await createDefinitions({ database: served.database });
      const third = await deployStarted('two');
      assert.equal(third.processDefinitionVersion, 3);
      await other.refresh();
      assert.equal(other.catalog.latest('process', 'started')?.version, 3);
      await remove(third.processDefinitionKey);
      await other.refresh();
      assert.equal(other.catalog.latest('process', 'started')?.version, 1);
    });

    it('an older version goes, and the starts of the latest stay', async () => {
      const fourth = await deployStarted('four');
      for (const { jobKey } of (await boss.searchJobs({ filter: { type: 'one', state: 'CREATED' } }, NOW)).items)
        await boss.completeJob({ jobKey });
      const filter = { processDefinitionId: 'started', version: 1 };
      const [first] = (await boss.searchProcessDefinitions({ filter }, NOW)).items!;
      await remove(first!.processDefinitionKey!);
      await boss.correlateMessage({ name: 'go' });
      const [job] = await take('four');
      assert.equal(job?.processDefinitionKey, fourth.processDefinitionKey);
    });

    it('a decision file with its decisions, and what was decided stays', async () => {
      const { decisionRequirements, decisions } = await deploy({ 'routing.dmn': DECISION });
      const { decisionDefinitionId } = decisions[0]!;
      await boss.evaluateDecision({ decisionDefinitionId: decisionDefinitionId! });
      await assert.rejects(remove(decisions[0]!.decisionDefinitionKey!), { status: 404 }, 'by its file alone');
      await remove(decisionRequirements[0]!.decisionRequirementsKey!);
      await assert.rejects(boss.evaluateDecision({ decisionDefinitionId: decisionDefinitionId! }), { status: 404 });
      assert.deepEqual((await boss.searchDecisionDefinitions({}, NOW)).items, []);
      const decided = await boss.searchDecisionInstances({}, NOW);
      assert.equal(decided.items![0]!.decisionDefinitionId, 'department');
    });

    it('a form, and the tasks that have it go on', async () => {
      const { forms } = await deploy({ 'claim.bpmn': CLAIM, 'verdict.form.json': VERDICT_FORM });
      await boss.createProcessInstance({ processDefinitionId: 'claim' as never });
      const [job] = await take('weigh');
      await boss.completeJob({ jobKey: job!.jobKey });
      await remove(forms[0]!.formKey!);
      const [task] = (await boss.searchUserTasks({ filter: { state: 'CREATED' } }, NOW)).items;
      const form = await served.send('warehouse', `GET /v2/user-tasks/${task!.userTaskKey}/form`);
      assert.equal(form.status, 200);
    });

    it('is for those who deploy', async () => {
      assert.equal((await served.send('head', 'POST /v2/resources/1/deletion', {})).status, 403);
      assert.equal((await served.send('boss', 'POST /v2/resources/1/deletion', {})).status, 404);
    });
  });
});
