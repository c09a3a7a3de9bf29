import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { CLAIM, PACKING, resources, VERDICT_FORM } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };
const ABSENT = '35184372088833';

forEachDialect((dialect) => {
  describe('refusals of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      await boss.createDeployment({
        resources: resources({ 'claim.bpmn': CLAIM, 'verdict.form.json': VERDICT_FORM, 'packing.bpmn': PACKING }),
      });
    });
    after(() => served.close());

    it('answers 404 to keys of nothing, of whatever size', async () => {
      for (const key of [ABSENT, '1', '0', '-5', '9223372036854775807', '9999999999999999999999999']) {
        for (const request of [
          `GET /v2/process-instances/${key}`,
          `GET /v2/element-instances/${key}`,
          `GET /v2/user-tasks/${key}`,
          `GET /v2/user-tasks/${key}/form`,
          `GET /v2/variables/${key}`,
          `GET /v2/incidents/${key}`,
          `GET /v2/process-definitions/${key}`,
          `GET /v2/process-definitions/${key}/xml`,
          `GET /v2/process-definitions/${key}/form`,
          `GET /v2/decision-definitions/${key}/xml`,
          `GET /v2/decision-requirements/${key}`,
          `GET /v2/resources/${key}/content`,
          `DELETE /v2/user-tasks/${key}/assignee`,
        ]) {
          assert.equal((await served.send('boss', request)).status, 404, request);
        }
        for (const [request, body] of [
          [`POST /v2/process-instances/${key}/cancellation`, {}],
          [`POST /v2/process-instances/${key}/incidents/search`, {}],
          [`POST /v2/jobs/${key}/completion`, {}],
          [`POST /v2/jobs/${key}/failure`, {}],
          [`POST /v2/jobs/${key}/error`, { errorCode: 'X' }],
          [`PATCH /v2/jobs/${key}`, { changeset: { retries: 1 } }],
          [`PATCH /v2/jobs/${key}`, { changeset: { timeout: 1 } }],
          [`POST /v2/incidents/${key}/resolution`, {}],
          [`PUT /v2/element-instances/${key}/variables`, { variables: {} }],
          [`POST /v2/user-tasks/${key}/completion`, {}],
          [`POST /v2/user-tasks/${key}/assignment`, { assignee: 'boss' }],
          [`POST /v2/user-tasks/${key}/variables/search`, {}],
          [`PATCH /v2/user-tasks/${key}`, {}],
          ['POST /v2/process-instances', { processDefinitionKey: key }],
          ['POST /v2/decision-definitions/evaluation', { decisionDefinitionKey: key }],
        ] as const) {
          assert.equal((await served.send('boss', request, body)).status, 404, request);
        }
      }
    });

    it('tells the client in problem details, which its errors carry', async () => {
      await assert.rejects(
        boss.createProcessInstance({ processDefinitionId: 'nothing' as never }),
        (error: Error & Record<string, unknown>) => {
          assert.equal(error['status'], 404);
          assert.equal(error['type'], 'urn:reglament:problem:not-found');
          assert.match(String(error['detail']), /Процесс «nothing»: не найдено/);
          return true;
        },
      );
    });

    it('refuses a bad deployment whole, with every problem of every file', async () => {
      const deploy = (files: Readonly<Record<string, string>>) =>
        boss.createDeployment({ resources: resources(files) });
      const broken = bpmn('broken', '<bpmn:startEvent id="s"/><bpmn:inclusiveGateway id="or" name="ИЛИ"/>');
      await assert.rejects(
        deploy({ 'broken.bpmn': broken, 'x.txt': 'x', 'good.bpmn': bpmn('good', '<bpmn:startEvent id="s"/>') }),
        (error: Error & Record<string, unknown>) => {
          assert.equal(error['status'], 400);
          assert.match(String(error['detail']), /broken\.bpmn/);
          assert.match(String(error['detail']), /x\.txt/);
          return true;
        },
      );
      const form = new FormData();
      form.append('resources', new File([broken], 'broken.bpmn'));
      const { status, body } = await served.send('boss', 'POST /v2/deployments', form);
      assert.deepEqual([status, body.code], [400, 'invalid-model']);
      assert.ok(
        body.errors!.some(({ path }) => path === 'broken.bpmn#or'),
        JSON.stringify(body.errors),
      );
      assert.equal(
        (await boss.searchProcessDefinitions({ filter: { processDefinitionId: 'good' } }, NOW)).items!.length,
        0,
      );
      await assert.rejects(deploy({ 'doctype.bpmn': `<!DOCTYPE x>${PACKING}` }), { status: 400 });
      await assert.rejects(deploy({ 'huge.bpmn': PACKING + ' '.repeat(2 * 1024 * 1024) }), { status: 413 });
      await assert.rejects(boss.createDeployment({ resources: resources({ 'a.bpmn': PACKING }), tenantId: 'other' }), {
        status: 400,
      });
    });

    it('gives the same version to the same files', async () => {
      const files = resources({ 'packing.bpmn': PACKING });
      const first = await boss.createDeployment({ resources: files });
      const second = await boss.createDeployment({ resources: files });
      assert.deepEqual(second.processes, first.processes);
    });

    it('knows who may what', async () => {
      const nobody = await served.send(null, 'POST /v2/process-instances/search', {});
      assert.deepEqual([nobody.status, nobody.body.code], [401, 'not-signed-in']);
      assert.equal(
        (await served.send(null, 'GET /v2/users/x')).status,
        401,
        "what is not supported is nobody's business either",
      );
      const warehouse = served.client('warehouse');
      const forbidden = [
        () => warehouse.createDeployment({ resources: resources({ 'packing.bpmn': PACKING }) }),
        () => warehouse.createProcessInstance({ processDefinitionId: 'packing' as never }),
        () => warehouse.cancelProcessInstance({ processInstanceKey: ABSENT as never }),
        () => warehouse.activateJobs({ type: 'pack', timeout: 1_000n as never, maxJobsToActivate: 1 }),
        () => warehouse.completeJob({ jobKey: ABSENT as never }),
        () => warehouse.publishMessage({ name: 'x' }),
        () => warehouse.searchProcessInstances({}, NOW),
        () => warehouse.searchIncidents({}, NOW),
        () => served.client('head').activateJobs({ type: 'pack', timeout: 1_000n as never, maxJobsToActivate: 1 }),
      ];
      for (const attempt of forbidden) await assert.rejects(attempt(), { status: 403 });
      const wrong = await fetch(`${served.url}/v2/topology`, { headers: { authorization: 'Basic Ym9zczp4' } });
      assert.equal(wrong.status, 401);
    });

    it("refuses a task that is not one's own, that is taken, and data that nothing takes", async () => {
      const { processInstanceKey } = await boss.createProcessInstance({ processDefinitionId: 'claim' as never });
      const { jobs } = await boss.activateJobs({ type: 'weigh', timeout: 60_000n as never, maxJobsToActivate: 10 });
      for (const job of jobs) await job.complete();
      const { items } = await boss.searchUserTasks({ filter: { processInstanceKey } }, NOW);
      const { userTaskKey } = items[0]!;
      const head = served.client('head');
      await assert.rejects(head.completeUserTask({ userTaskKey, variables: { verdict: 'confirmed' } }), {
        status: 403,
      });
      const warehouse = served.client('warehouse');
      await assert.rejects(warehouse.assignUserTask({ userTaskKey, assignee: 'logistics' }), { status: 403 });
      await assert.rejects(warehouse.assignUserTask({ userTaskKey, assignee: 'nobody' }), { status: 400 });
      await warehouse.assignUserTask({ userTaskKey, assignee: 'warehouse' });
      await assert.rejects(boss.assignUserTask({ userTaskKey, assignee: 'boss', allowOverride: false }), {
        status: 409,
      });
      await boss.assignUserTask({ userTaskKey, assignee: 'boss' });
      await assert.rejects(warehouse.completeUserTask({ userTaskKey, variables: { verdict: 'confirmed' } }), {
        status: 403,
      });
      const extra = await served.send('boss', `POST /v2/user-tasks/${userTaskKey}/completion`, {
        variables: { verdict: 'maybe' },
      });
      assert.deepEqual([extra.status, extra.body.code], [422, 'form-invalid']);
      assert.equal(extra.body.errors?.[0]?.path, '/verdict');
      await boss.cancelProcessInstance({ processInstanceKey });
      await assert.rejects(boss.completeUserTask({ userTaskKey, variables: { verdict: 'confirmed' } }), {
        status: 409,
      });
    });

    it('takes data for a task without a form from an operator alone', async () => {
      await boss.createDeployment({
        resources: resources({ 'plain.bpmn': bpmn('plain', sequence(userTask('decide'))) }),
      });
      const { processInstanceKey } = await boss.createProcessInstance({ processDefinitionId: 'plain' as never });
      const { items } = await boss.searchUserTasks({ filter: { processInstanceKey } }, NOW);
      const { userTaskKey } = items[0]!;
      const head = served.client('head');
      await head.assignUserTask({ userTaskKey, assignee: 'head' });
      await assert.rejects(head.completeUserTask({ userTaskKey, variables: { approved: true } }), { status: 400 });
      await boss.completeUserTask({ userTaskKey, variables: { approved: true } });
      const variables = await boss.searchVariables({ filter: { processInstanceKey, name: 'approved' } }, NOW);
      assert.deepEqual(
        variables.items.map(({ value }) => value),
        ['true'],
      );
    });

    it('never answers 500 to a body, whatever it is', async () => {
      const bodies = [
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '{"a":1}',
        '{"__proto__":{}}',
        '{"filter":null}',
        '{"filter":{"processInstanceKey":{"$in":"x"}}}',
        '{"filter":{"name":"\\u0000"}}',
        '{"filter":{"processDefinitionId":"\\u0000"},"page":{"limit":-1}}',
        '{"page":{"from":1e300}}',
        '{"sort":[{"field":"__proto__"}]}',
        '{"type":"x","timeout":"1e9","maxJobsToActivate":1}',
        '{"type":"\\u0000","timeout":1,"maxJobsToActivate":1,"requestTimeout":-1}',
        '{"type":"x","timeout":999999999999999,"maxJobsToActivate":9007199254740993,"requestTimeout":-1}',
        '{"processDefinitionId":"packing","processDefinitionKey":"1"}',
        '{"processDefinitionId":"packing","variables":[]}',
        '{"processDefinitionId":"packing","variables":{"a":"\\u0000"}}',
        '{"processDefinitionId":"packing","variables":{"\\ud800":1}}',
        '{"processDefinitionId":"packing","tags":["1"]}',
        '{"processDefinitionId":"packing","startInstructions":[{"elementId":"pack"}]}',
        '{"processDefinitionId":"packing","processDefinitionVersion":99}',
        '{"name":"x","timeToLive":"abc"}',
        '{"name":"\\u0000"}',
        '{"name":"x","correlationKey":"x","messageId":"\\u0000"}',
        `{"variables":${'['.repeat(100)}${']'.repeat(100)}}`,
      ];
      for (const route of served.routes.filter(({ method }) => method !== 'get')) {
        const path = route.path.replace(/:\w+/g, ABSENT);
        for (const body of bodies) {
          const request = `${route.method.toUpperCase()} ${path}`;
          const { status } = await served.send('boss', request, body);
          assert.ok(status < 500, `${request} ${body} → ${status}`);
        }
      }
      const boundary = {
        'content-type': 'multipart/form-data; boundary=x',
        authorization: `Basic ${Buffer.from('boss:correct horse battery').toString('base64')}`,
      };
      for (const body of [
        '',
        '--x',
        '--x\r\n\r\n',
        '--x\r\nContent-Disposition: form-data; name="resources"; filename="a.bpmn"\r\n\r\ncut',
      ]) {
        const { status } = await fetch(`${served.url}/v2/deployments`, { method: 'POST', headers: boundary, body });
        assert.equal(status, 400, JSON.stringify(body));
      }
    });
  });
});
