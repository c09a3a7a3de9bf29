import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';

const PATH = '/api/processes/support-card';
const REGISTER = { formId: 'support-register', bindingType: 'latest' as const };
const FILLED = { source: 'ozon', postedAt: '2026-11-15', format: 'praise', cardText: 'Хорошая дрель.' };

forEachDialect((dialect) => {
  describe('forms of the steps of a process', () => {
    let test: TestApp;
    beforeEach(async () => (test = await startApp((await dialect.connect()).settings)));
    afterEach(() => test.close());

    const open = async () => (await test.call('analyst', `GET ${PATH}`)).body;
    const send = (verb: 'check' | 'publication', key: string, form: object | null, elementId = 'Register') =>
      test.call('analyst', `POST ${PATH}/${verb}`, { processDefinitionKey: key, steps: [{ elementId, form }] });
    const start = async () =>
      (await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'support-card' })).body
        .processInstanceKey as string;
    const taskOf = async (processInstanceKey: string) => {
      await test.settle();
      const { items } = (
        await test.call('analyst', 'POST /v2/user-tasks/search', { filter: { processInstanceKey, state: 'CREATED' } })
      ).body;
      return items[0].userTaskKey as string;
    };
    const complete = async (userTaskKey: string, data: object) => {
      await test.call('dispatcher', `PUT /api/tasks/${userTaskKey}/assignee`, { username: 'dispatcher' });
      return test.call('dispatcher', `POST /api/tasks/${userTaskKey}/complete`, { data });
    };

    it('lists what is deployed with what runs, and opens a process at its steps', async () => {
      await start();
      const { items } = (await test.call('analyst', 'GET /api/processes')).body;
      const listed = items.find((one: { processId: string }) => one.processId === 'support-card');
      assert.deepEqual(
        [listed.name, listed.version, listed.running, listed.suspendedAt],
        ['Карточка обращения в поддержку', 1, 1, null],
      );
      const opened = await open();
      assert.deepEqual(
        opened.steps.map((step: { elementId: string; form: { formId: string } | null }) => [
          step.elementId,
          step.form?.formId ?? null,
        ]),
        [
          ['CardOpened', null],
          ['Register', 'support-register'],
          ['Answer', 'support-answer'],
          ['Result', 'support-result'],
        ],
      );
      assert.equal((await test.call('analyst', 'GET /api/processes/nobody')).status, 404);
    });

    it('publishes a step with other fields: new cases obey it, those that run stay as they are', async () => {
      const before = await open();
      const running = await start();
      const form = {
        ...REGISTER,
        binding: { readable: Object.keys(FILLED).concat('product'), requiredHere: ['product'] },
      };
      const { status, body } = await send('publication', before.processDefinitionKey, form);
      assert.deepEqual([status, body.version, body.changed], [200, 2, true]);
      const after = await open();
      assert.equal(
        after.xml.replace(
          /\n *<reglament:formBinding[^\n]*(?=\n *<\/bpmn:extensionElements>\n *<bpmn:incoming>CardOpened)/,
          '',
        ),
        before.xml,
        'nothing else of the file has changed',
      );
      assert.deepEqual(
        after.versions.map((one: { version: number; running: number; byName: string }) => [one.version, one.running]),
        [
          [2, 0],
          [1, 1],
        ],
      );
      assert.equal(after.versions[0].byName, 'Марина Соколова');
      const fresh = await taskOf(await start());
      const refused = await complete(fresh, FILLED);
      assert.deepEqual(
        [refused.status, refused.body.errors.map((one: { path: string }) => one.path)],
        [422, ['/product']],
      );
      assert.equal((await complete(fresh, { ...FILLED, product: 'Дрель', author: 'Чужой' })).status, 204);
      assert.equal((await complete(await taskOf(running), FILLED)).status, 204);
    });

    it('publishes the same once, and does not publish over what somebody deployed meanwhile', async () => {
      const { processDefinitionKey: key } = await open();
      const form = { ...REGISTER, binding: { writable: [] } };
      await send('publication', key, form);
      assert.deepEqual((await send('publication', key, form)).body.version, 2, 'a repeat after a broken connection');
      const { status, body } = await send('publication', key, { ...REGISTER, binding: { writable: ['url'] } });
      assert.deepEqual([status, body.code, body.errors[0].params.version], [409, 'conflict', 2]);
      assert.equal((await open()).version, 2);
    });

    it('names the element for which it refuses, and what lint finds new', async () => {
      const { processDefinitionKey: key } = await open();
      const form = { formId: 'nobody', bindingType: 'latest', binding: {} };
      const checked = (await send('check', key, form)).body;
      assert.deepEqual(
        checked.findings.map((one: { code: string; elementName: string }) => [one.code, one.elementName]),
        [['unknown-form', 'Зарегистрировать']],
      );
      const { status, body } = await send('publication', key, form);
      assert.deepEqual([status, body.errors[0].params.elementName], [400, 'Зарегистрировать']);
      assert.equal((await send('publication', key, form, 'MailAnswer')).status, 400);
      assert.equal((await open()).version, 1);
      const vain = (await send('check', key, { ...REGISTER, binding: { requiredHere: ['gone'] } })).body.findings;
      assert.deepEqual(
        vain.map((one: { code: string; severity: string; message: { ru: string } }) => [one.code, one.severity]),
        [['form-binding', 'warning']],
      );
      assert.match(vain[0].message.ru, /Зарегистрировать.*«gone»/);
      assert.deepEqual((await send('check', key, { ...REGISTER, binding: {} })).body, { findings: [], along: [] });
    });

    it('takes along, as they stand, the forms that it uses in the version of its own deployment', async () => {
      const { processDefinitionKey: key } = await open();
      const bound = { ...REGISTER, bindingType: 'deployment', binding: {} };
      assert.deepEqual((await send('check', key, bound)).body.along, [
        { kind: 'form', id: 'support-register', name: 'Зарегистрировать' },
      ]);
      assert.equal((await send('publication', key, bound)).body.version, 2);
      const task = await taskOf(await start());
      const { form } = (await test.call('dispatcher', `GET /api/tasks/${task}`)).body;
      assert.equal(form.definition.key, 'support-register');
      const again = await open();
      assert.equal((await send('publication', again.processDefinitionKey, null, 'Answer')).body.version, 3);
      assert.ok(await taskOf(await start()), 'the bound form came along again');
    });

    it('opens a start to others and shuts it; the file changes at that property alone', async () => {
      const repair = async () => (await test.call('analyst', 'GET /api/processes/repair-request')).body;
      const publish = (key: string, elementId: string, form: object) =>
        test.call('analyst', 'POST /api/processes/repair-request/publication', {
          processDefinitionKey: key,
          steps: [{ elementId, form }],
        });
      const seen = async () => (await test.call(null, 'GET /api/public/starts/repair-request')).status;
      const before = await repair();
      const { form } = before.steps.find((step: { elementId: string }) => step.elementId === 'Requested');
      assert.deepEqual([form.openTo, before.publicUrl, await seen()], [['anyone', 'contractors'], null, 200]);
      await publish(before.processDefinitionKey, 'Requested', { ...form, openTo: ['contractors'] });
      const shut = await repair();
      assert.equal(shut.xml, before.xml.replace('value="anyone, contractors"', 'value="contractors"'));
      assert.equal(await seen(), 404);
      await publish(shut.processDefinitionKey, 'Requested', { ...form, openTo: undefined, binding: { writable: [] } });
      const bound = await repair();
      assert.equal(bound.xml.includes('value="contractors"'), true, 'who says nothing of it changes nothing');
      const opened = await publish(bound.processDefinitionKey, 'Requested', form);
      assert.deepEqual([opened.status, (await repair()).xml, await seen()], [200, before.xml, 200]);
      const task = await publish(opened.body.processDefinitionKey, 'Triage', { ...form, openTo: ['anyone'] });
      assert.deepEqual([task.status, task.body.errors[0].keyword], [400, 'openTo']);
    });

    it('does not take an old form along over one that is published in the same moment', async () => {
      const { processDefinitionKey: key } = await open();
      const FORM = '/api/forms/support-register';
      const standing = (await test.call('analyst', `GET ${FORM}`)).body.published.definition;
      const newer = { ...standing, title: { ...standing.title, ru: 'Новая регистрация' } };
      const { deployments } = test.app;
      const { deploy } = deployments;
      const meanwhile: typeof deploy = async (request) => {
        Object.assign(deployments, { deploy });
        await deploy({ resources: [{ name: 'support-register.form.json', content: JSON.stringify(newer) }], by: null });
        return deploy(request);
      };
      Object.assign(deployments, { deploy: meanwhile });
      const bound = { ...REGISTER, bindingType: 'deployment', binding: {} };
      assert.equal((await send('publication', key, bound)).body.version, 2);
      const { published } = (await test.call('analyst', `GET ${FORM}`)).body;
      assert.equal(published.definition.title.ru, 'Новая регистрация');
    });

    it('keeps the steps of two processes in one file apart', async () => {
      const step = (id: string) => userTask(id, '<zeebe:formDefinition formId="support-register"/>');
      const two = bpmn('one', sequence(step('A'))).replace(
        '</bpmn:process>',
        `</bpmn:process><bpmn:process id="two" isExecutable="true">${sequence(step('B'))
          .replaceAll(/"(start|end|to_end|to_B)"/g, '"two_$1"')
          .replaceAll(/>to_/g, '>two_to_')}</bpmn:process>`,
      );
      await test.app.deployments.deploy({ resources: [{ name: 'two.bpmn', content: two }], by: null });
      const { processDefinitionKey } = (await test.call('analyst', 'GET /api/processes/two')).body;
      const publish = (elementId: string) =>
        test.call('analyst', 'POST /api/processes/two/publication', {
          processDefinitionKey,
          steps: [{ elementId, form: { ...REGISTER, binding: { requiredHere: ['author'] } } }],
        });
      assert.equal((await publish('A')).status, 400, 'a step of the other process');
      assert.equal((await publish('B')).body.version, 2);
    });
  });
});
