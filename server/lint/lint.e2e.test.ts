import assert from 'node:assert/strict';
import { buildBpmn } from '#engine/testing';
import { queryRows, readerOf } from '../database/connect.ts';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';

const STARVES = buildBpmn({
  id: 'starves',
  elements: {
    Start: 'startEvent',
    Which: { type: 'exclusiveGateway', name: 'Куда?' },
    A: 'task',
    Join: { type: 'parallelGateway', name: 'Всё готово' },
    End: 'endEvent',
  },
  flows: ['Start -> Which', 'Which -> Join [=a]', 'Which -> A default', 'A -> Join -> End'],
});
const withForm = (formId: string) =>
  buildBpmn({
    id: 'ask',
    elements: {
      Ask: {
        type: 'userTask',
        inner: `<bpmn:extensionElements><zeebe:userTask/><zeebe:formDefinition formId="${formId}"/></bpmn:extensionElements>`,
      },
    },
    flows: [],
  });

forEachDialect((dialect) => {
  describe('POST /api/lint', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
    });
    after(() => test.close());

    const send = (who: 'analyst' | 'dispatcher' | null, path: string, files: Readonly<Record<string, string>>) => {
      const form = new FormData();
      for (const [name, text] of Object.entries(files)) form.append('resources', new Blob([text]), name);
      return test.call(who, `POST ${path}`, form);
    };

    it('finds what the deployment would be refused for, with the path, and stores nothing', async () => {
      const { status, body } = await send('analyst', '/api/lint', { 'starves.bpmn': STARVES });
      assert.equal(status, 200);
      const [{ file, code, severity, elementId, message, path }] = body.items;
      assert.deepEqual([file, code, severity, elementId], ['starves.bpmn', 'deadlock', 'error', 'Join']);
      assert.match(message.ru, /«Всё готово» \(Join\) никогда не соберёт/);
      assert.deepEqual(
        path.map((step: { elementName: string }) => step.elementName),
        ['Start', 'Куда?'],
      );
      const stored = await queryRows(
        readerOf(test.database),
        `SELECT 1 FROM definition WHERE definition_id = 'starves'`,
      );
      assert.deepEqual(stored, []);

      const refused = await send('analyst', '/v2/deployments', { 'starves.bpmn': STARVES });
      assert.equal(refused.status, 400);
      assert.match(refused.body.detail, /«Всё готово» \(Join\) никогда не соберёт все маркеры.* Путь: Start → Куда\?/);
      assert.deepEqual(
        refused.body.errors.map((error: { keyword: string }) => error.keyword),
        ['deadlock'],
      );
    });

    it('knows what is deployed and what comes along', async () => {
      const codes = async (formId: string) =>
        (await send('analyst', '/api/lint', { 'ask.bpmn': withForm(formId) })).body.items.map(
          ({ code, severity }: { code: string; severity: string }) => `${severity} ${code}`,
        );
      assert.deepEqual(await codes('claim-classify'), []);
      assert.deepEqual(await codes('nowhere'), ['error unknown-form']);
    });

    it('is for those who may deploy', async () => {
      assert.equal((await send('dispatcher', '/api/lint', { 'a.bpmn': STARVES })).status, 403);
      assert.equal((await send(null, '/api/lint', { 'a.bpmn': STARVES })).status, 401);
    });
  });
});
