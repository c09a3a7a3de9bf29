import assert from 'node:assert/strict';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { partsRegister } from './test/parts-register.ts';

const FORM = {
  $schema: 'form/1',
  key: 'order-part',
  title: { ru: 'Заказ запчасти', en: 'Order of a part' },
  data: {
    type: 'object',
    required: ['part'],
    properties: {
      model: { type: 'string' },
      part: {
        type: 'string',
        'x-source': { catalog: 'spares', label: 'name', filter: 'model = form.model', fill: { price: 'price' } },
      },
      price: { type: 'integer', format: 'money' },
    },
  },
  i18n: {
    ru: { 'model.label': 'Модель', 'part.label': 'Запчасть', 'price.label': 'Цена' },
    en: { 'model.label': 'Model', 'part.label': 'Part', 'price.label': 'Price' },
  },
};

const LINES_FORM = {
  $schema: 'form/1',
  key: 'order-lines',
  title: { ru: 'Заказ запчастей' },
  data: {
    type: 'object',
    properties: {
      lines: {
        type: 'array',
        items: {
          type: 'object',
          properties: {
            model: { type: 'string' },
            part: { type: 'string', 'x-source': { catalog: 'spares', filter: 'model = row.model' } },
            qty: { type: 'integer' },
          },
        },
      },
    },
  },
  i18n: {
    ru: {
      'lines.label': 'Строки',
      'lines.model.label': 'Модель',
      'lines.part.label': 'Запчасть',
      'lines.qty.label': 'Штук',
    },
  },
};

function formTask(id: string, formId: string, binding = '') {
  return {
    id,
    xml: `<bpmn:userTask id="${id}" name="Заказать"><bpmn:extensionElements><zeebe:userTask/>${binding}
    <zeebe:assignmentDefinition candidateGroups="dispatchers"/><zeebe:formDefinition formId="${formId}"/></bpmn:extensionElements></bpmn:userTask>`,
  };
}

const orderTask = formTask('Order', 'order-part');
const linesTask = formTask('Lines', 'order-lines');
const countTask = formTask('Count', 'order-lines', '<reglament:formBinding readable="lines" writable="lines.qty"/>');

function registerTask(id: string, type: string, inputs: Readonly<Record<string, string>>, resultVariable: string) {
  const mappings = Object.entries(inputs).map(
    ([target, source]) => `<zeebe:input source="${source.replaceAll('"', '&quot;')}" target="${target}"/>`,
  );
  return {
    id,
    xml: `<bpmn:serviceTask id="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="reglament:register:${type}" retries="1"/>
      <zeebe:ioMapping>${mappings.join('')}</zeebe:ioMapping>
      <zeebe:taskHeaders><zeebe:header key="resultVariable" value="${resultVariable}"/></zeebe:taskHeaders>
      </bpmn:extensionElements></bpmn:serviceTask>`,
  };
}

forEachDialect((dialect) => {
  describe('registers in forms and processes', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const resources = [
        { name: 'parts.register.json', content: JSON.stringify(partsRegister()) },
        { name: 'order.form.json', content: JSON.stringify(FORM) },
        { name: 'order.bpmn', content: bpmn('order', sequence(orderTask)) },
        { name: 'lines.form.json', content: JSON.stringify(LINES_FORM) },
        { name: 'lines.bpmn', content: bpmn('lines', sequence(linesTask)) },
        { name: 'count.bpmn', content: bpmn('count', sequence(countTask)) },
        {
          name: 'stock.bpmn',
          content: bpmn(
            'stock',
            sequence(
              registerTask('Find', 'find', { register: 'spares', where: '={model: model}' }, 'found'),
              registerTask(
                'Save',
                'upsert',
                { register: 'spares', values: '={article: "F-1", price: found[1].price + 100}' },
                'saved',
              ),
              registerTask('Read', 'get', { register: 'spares', key: '="F-1"' }, 'stored'),
              registerTask('Break', 'upsert', { register: 'spares', values: '={article: "F-9", price: -1}' }, 'never'),
            ),
          ),
        },
      ];
      await test.app.deployments.deploy({ resources, by: null });
      for (const values of [
        { article: 'F-1', name: 'Фильтр', model: 'M-1', price: 9_900 },
        { article: 'H-1', name: 'Насос', model: 'M-2', price: 45_000 },
      ])
        assert.equal((await test.call('analyst', 'POST /api/registers/spares/rows', { values })).status, 201);
    });
    after(() => test.close());

    const start = async (processDefinitionId: string, variables: object): Promise<string> => {
      const { body } = await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId, variables });
      await test.settle();
      return body.processInstanceKey as string;
    };

    it('a task takes a row that is there and fits, and the case shows its name', async () => {
      const caseKey = await start('order', { model: 'M-1' });
      const [task] = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body.items;
      const complete = (data: object) =>
        test.call('dispatcher', `POST /api/tasks/${task.userTaskKey}/complete`, { data });
      for (const part of ['X-0', 'H-1']) {
        const { status, body } = await complete({ part });
        assert.deepEqual([status, body.errors[0].path, body.errors[0].keyword], [422, '/part', 'options'], part);
      }
      assert.match((await complete({ part: 'H-1' })).body.errors[0].message, /не подходит к остальным полям/);
      assert.equal((await complete({ part: 'F-1', price: 9_900 })).status, 204);
      const { facts } = (await test.call('analyst', `GET /api/cases/${caseKey}`)).body;
      const fact = facts.find(({ name }: { name: string }) => name === 'part');
      assert.deepEqual([fact.value, fact.text], ['F-1', 'Фильтр']);
    });

    const completeNext = async (processDefinitionId: string, variables: object, lines: readonly object[]) => {
      await start(processDefinitionId, variables);
      const { items } = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body;
      return test.call('dispatcher', `POST /api/tasks/${items[0].userTaskKey}/complete`, { data: { lines } });
    };

    it('a cell of a table takes a row that fits its line', async () => {
      const good = { model: 'M-1', part: 'F-1' };
      const { status, body } = await completeNext('lines', {}, [good, { model: 'M-2', part: 'F-1' }, { part: 'X-0' }]);
      assert.equal(status, 422);
      assert.deepEqual(
        body.errors.map(({ path }: { path: string }) => path),
        ['/lines/1/part', '/lines/2/part'],
      );
      const { items } = (await test.call('dispatcher', 'GET /api/tasks?tab=group')).body;
      const complete = `POST /api/tasks/${items[0].userTaskKey}/complete`;
      assert.equal((await test.call('dispatcher', complete, { data: { lines: [good] } })).status, 204);
    });

    it('a cell that the task only shows is not held against whoever completes it: its row may be gone by now', async () => {
      const lines = [{ rowId: 'a', model: 'M-1', part: 'GONE' }];
      const { status } = await completeNext('count', { lines }, [{ rowId: 'a', part: 'ALSO-GONE', qty: 3 }]);
      assert.equal(status, 204);
    });

    it('a process finds, changes and reads rows; what the register does not let in is a BPMN error', async () => {
      const key = await start('stock', { model: 'M-1' });
      const variables = Object.fromEntries(
        (await test.call('analyst', `GET /api/cases/${key}/variables`)).body.items.map(
          ({ name, value }: { name: string; value: unknown }) => [name, value],
        ),
      );
      assert.equal(variables.found.length, 1);
      assert.equal(variables.saved.price, 10_000);
      assert.deepEqual(variables.stored, { article: 'F-1', name: 'Фильтр', model: 'M-1', price: 10_000 });
      const [incident] = (
        await test.call('analyst', 'POST /v2/incidents/search', { filter: { processInstanceKey: key } })
      ).body.items;
      assert.match(incident.errorMessage, /REGISTER_ROW_INVALID/);
      const { items } = (await test.call('analyst', 'GET /api/registers/spares/rows/F-1/history')).body;
      assert.deepEqual(
        [items[0].origin, items[0].by, items[0].changes],
        ['process', null, [{ field: 'price', from: 9_900, to: 10_000 }]],
      );
    });

    it('a form that looks up what is not there is refused at deployment', async () => {
      const source = { catalog: 'spares', label: 'title', filter: 'colour = form.model' };
      const wrong = (change: object) => {
        const part = { type: 'string', 'x-source': { ...source, ...change } };
        const form = { ...FORM, key: 'wrong', data: { ...FORM.data, properties: { ...FORM.data.properties, part } } };
        return test.app.deployments.deploy({
          resources: [{ name: 'w.form.json', content: JSON.stringify(form) }],
          by: null,
        });
      };
      await assert.rejects(wrong({}), /names "title".*\n.*names "colour"/);
      await assert.rejects(wrong({ catalog: 'nothing' }), /register "nothing", which is not deployed/);
    });
  });
});
