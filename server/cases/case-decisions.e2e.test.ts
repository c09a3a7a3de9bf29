import assert from 'node:assert/strict';
import type { CaseDecisionView } from '#contract';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { bpmn, sequence, userTask } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';

const ROUTING = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="Маршрут" namespace="urn:routing">
  <decision id="urgent" name="Срочно"><literalExpression><text>days &lt; 2</text></literalExpression></decision>
  <decision id="department" name="Отдел">
    <informationRequirement><requiredDecision href="#urgent"/></informationRequirement>
    <decisionTable><input id="kind" label="Вид"><inputExpression><text>kind</text></inputExpression></input>
      <input id="fast" label="Срочно"><inputExpression><text>urgent</text></inputExpression></input>
      <output id="out" name="department"/>
      <rule id="r1"><description>недовоз</description><inputEntry><text>"shortage"</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"warehouse"</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>-</text></inputEntry><inputEntry><text>true</text></inputEntry><outputEntry><text>"duty"</text></outputEntry></rule>
    </decisionTable></decision></definitions>`;

const choose = (id: string) => ({
  id,
  xml: `<bpmn:businessRuleTask id="${id}" name="Выбрать отдел"><bpmn:extensionElements>
    <zeebe:calledDecision decisionId="department" resultVariable="department"/></bpmn:extensionElements></bpmn:businessRuleTask>`,
});

forEachDialect((dialect) => {
  describe('decisions of a case', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const resources = [
        { name: 'routing.dmn', content: ROUTING },
        { name: 'route.bpmn', content: bpmn('route', sequence(choose('First'), choose('Second'), userTask('wait'))) },
      ];
      await test.app.deployments.deploy({ resources, by: 'analyst' });
    });
    after(() => test.close());

    const start = async (variables: object): Promise<string> => {
      const body = { processDefinitionId: 'route', variables };
      return (await test.call('analyst', 'POST /v2/process-instances', body)).body.processInstanceKey;
    };
    const read = async (key: string, query = '') =>
      (await test.call('analyst', `GET /api/cases/${key}/decisions${query}`, undefined, { 'accept-language': 'ru' }))
        .body as { items: CaseDecisionView[]; nextCursor: string | null };

    it('tells each evaluation with what it required first, its table, inputs, rules and result', async () => {
      const { items } = await read(await start({ kind: 'shortage', days: 5 }));
      assert.equal(items.length, 2);
      const { elementName, processName, decisions, groupNames } = items[0]!;
      assert.deepEqual([elementName, processName], ['Выбрать отдел', 'Процесс route']);
      assert.deepEqual(groupNames, { warehouse: 'Склад' });
      assert.deepEqual(decisions, [
        {
          decisionId: 'urgent',
          name: 'Срочно',
          version: 1,
          table: null,
          inputs: [],
          matchedRules: [],
          output: false,
          failure: null,
        },
        {
          decisionId: 'department',
          name: 'Отдел',
          version: 1,
          table: { hitPolicy: 'UNIQUE', aggregation: null, ruleCount: 2 },
          inputs: [
            { name: 'Вид', value: 'shortage' },
            { name: 'Срочно', value: false },
          ],
          matchedRules: [{ index: 1, annotation: 'недовоз', outputs: [{ name: 'department', value: 'warehouse' }] }],
          output: 'warehouse',
          failure: null,
        },
      ]);
    });

    it('tells a failure with the rules that matched before it', async () => {
      const { items } = await read(await start({ kind: 'shortage', days: 1 }));
      const last = items[0]!.decisions.at(-1)!;
      assert.equal(last.output, null);
      assert.match(last.failure!, /rules 1, 2 match/);
      assert.deepEqual(
        last.matchedRules.map(({ index }) => index),
        [1, 2],
      );
    });

    it('goes through pages, the newest first, each evaluation once', async () => {
      const key = await start({ kind: 'shortage', days: 5 });
      const all = (await read(key)).items.map(({ id }) => id);
      const first = await read(key, '?limit=1');
      const second = await read(key, `?limit=1&cursor=${first.nextCursor}`);
      assert.deepEqual(
        [...first.items, ...second.items].map(({ id }) => id),
        all,
      );
      assert.equal(second.nextCursor, null);
    });
  });
});
