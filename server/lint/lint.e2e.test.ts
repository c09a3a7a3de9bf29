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

    it('knows the fields of a deployed form: a value that is none of its options is a warning', async () => {
      const options = { new: 'Новый', open: 'Открыт' };
      const form = {
        $schema: 'form/1',
        key: 'lint-status',
        title: { ru: 'Состояние' },
        data: { type: 'object', required: [], properties: { status: { type: 'string', enum: Object.keys(options) } } },
        i18n: {
          ru: { 'status.label': 'Состояние', 'status.options.new': options.new, 'status.options.open': options.open },
          en: {},
        },
      };
      const process = buildBpmn({
        id: 'by-status',
        elements: {
          Start: {
            type: 'startEvent',
            inner: '<bpmn:extensionElements><zeebe:formDefinition formId="lint-status"/></bpmn:extensionElements>',
          },
          Which: 'exclusiveGateway',
          A: 'endEvent',
          B: 'endEvent',
        },
        flows: ['Start -> Which', 'Which -> A [=status = "opne"]', 'Which -> B default'],
      });
      const deployed = await send('analyst', '/v2/deployments', { 'status.form.json': JSON.stringify(form) });
      assert.equal(deployed.status, 200, JSON.stringify(deployed.body));
      const { body } = await send('analyst', '/api/lint', { 'by-status.bpmn': process });
      const [{ code, severity, elementId, remedy }] = body.items;
      assert.deepEqual([body.items.length, code, severity, elementId], [1, 'never-true', 'warning', 'Which_A']);
      assert.equal(remedy.ru, 'Возможно, имелось в виду «open».');
    });

    it('knows what is deployed and what comes along', async () => {
      const codes = async (formId: string) =>
        (await send('analyst', '/api/lint', { 'ask.bpmn': withForm(formId) })).body.items.map(
          ({ code, severity }: { code: string; severity: string }) => `${severity} ${code}`,
        );
      assert.deepEqual(await codes('claim-classify'), []);
      assert.deepEqual(await codes('nowhere'), ['error unknown-form']);
    });

    it('knows the deployed models that a DMN file imports', async () => {
      const model = (id: string, content: string) =>
        `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${id}" name="${id}" namespace="urn:${id}">${content}</definitions>`;
      const literal = (text: string) => `<literalExpression><text>${text}</text></literalExpression>`;
      const rates = model('lint-rates', `<decision id="rate" name="rate">${literal('22')}</decision>`);
      const price = model(
        'lint-price',
        `<import id="i" name="rates" namespace="urn:lint-rates" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>
         <decision id="price" name="price"><informationRequirement id="r"><requiredDecision href="urn:lint-rates#rate"/></informationRequirement>
         ${literal('100 + rates.rate')}</decision>`,
      );
      const codes = async () =>
        (await send('analyst', '/api/lint', { 'price.dmn': price })).body.items.map(
          ({ code }: { code: string }) => code,
        );
      assert.ok((await codes()).includes('missing-import'));
      assert.equal((await send('analyst', '/v2/deployments', { 'rates.dmn': rates })).status, 200);
      assert.deepEqual(await codes(), []);
      assert.equal((await send('analyst', '/v2/deployments', { 'price.dmn': price })).status, 200);
    });

    it('is for those who may deploy', async () => {
      assert.equal((await send('dispatcher', '/api/lint', { 'a.bpmn': STARVES })).status, 403);
      assert.equal((await send(null, '/api/lint', { 'a.bpmn': STARVES })).status, 401);
    });
  });
});
