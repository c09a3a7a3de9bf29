import assert from 'node:assert/strict';
import type { CamundaClient } from '@camunda8/orchestration-cluster-api';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { forEachDialect } from '../test/dialects.ts';
import { resources } from './test/models.ts';
import { serveV2, type ServedV2 } from './test/serve-v2.ts';

const NOW = { consistency: { waitUpToMs: 0 } };

const ROUTING = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="routing" name="Маршрут" namespace="urn:routing">
  <decision id="urgent" name="Срочно"><literalExpression><text>days &lt; 2</text></literalExpression></decision>
  <decision id="department" name="Отдел">
    <informationRequirement><requiredDecision href="#urgent"/></informationRequirement>
    <decisionTable><input id="kind" label="Вид"><inputExpression><text>kind</text></inputExpression></input>
      <input id="fast" label="Срочно"><inputExpression><text>urgent</text></inputExpression></input>
      <output id="out" name="department"/>
      <rule id="r1"><inputEntry><text>"shortage"</text></inputEntry><inputEntry><text>-</text></inputEntry><outputEntry><text>"warehouse"</text></outputEntry></rule>
      <rule id="r2"><inputEntry><text>-</text></inputEntry><inputEntry><text>true</text></inputEntry><outputEntry><text>"duty"</text></outputEntry></rule>
    </decisionTable></decision></definitions>`;

const ROUTE = bpmn(
  'route',
  sequence({
    id: 'Route',
    xml: `<bpmn:businessRuleTask id="Route" name="Выбрать отдел"><bpmn:extensionElements>
      <zeebe:calledDecision decisionId="department" resultVariable="department"/></bpmn:extensionElements></bpmn:businessRuleTask>`,
  }),
);

forEachDialect((dialect) => {
  describe('decision instances of /v2', () => {
    let served: ServedV2;
    let boss: CamundaClient;
    before(async () => {
      served = await serveV2((await dialect.connect()).settings);
      boss = served.client('boss');
      await boss.createDeployment({ resources: resources({ 'routing.dmn': ROUTING, 'route.bpmn': ROUTE }) });
    });
    after(() => served.close());

    const start = async (variables: Record<string, unknown>) =>
      (await boss.createProcessInstance({ processDefinitionId: 'route' as never, variables })).processInstanceKey;

    it('keeps what a business-rule task evaluated, with inputs, rules and results', async () => {
      const processInstanceKey = await start({ kind: 'shortage', days: 5 });
      const found = await boss.searchDecisionInstances(
        { filter: { processInstanceKey }, sort: [{ field: 'decisionEvaluationInstanceKey' }] },
        NOW,
      );
      assert.deepEqual(
        found.items!.map((one) => [one.decisionDefinitionId, one.decisionDefinitionType, one.state, one.result]),
        [
          ['urgent', 'LITERAL_EXPRESSION', 'EVALUATED', 'false'],
          ['department', 'DECISION_TABLE', 'EVALUATED', '"warehouse"'],
        ],
      );
      assert.equal(found.items![0]!.decisionDefinitionVersion, 1);
      const key = found.items![1]!.decisionEvaluationInstanceKey!;
      const one = await boss.getDecisionInstance({ decisionEvaluationInstanceKey: key }, NOW);
      assert.equal(one.decisionDefinitionName, 'Отдел');
      assert.equal(one.processInstanceKey, processInstanceKey);
      assert.ok(one.elementInstanceKey);
      assert.deepEqual(
        one.evaluatedInputs!.map(({ inputName, inputValue }) => [inputName, inputValue]),
        [
          ['Вид', '"shortage"'],
          ['Срочно', 'false'],
        ],
      );
      assert.deepEqual(
        one.matchedRules!.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex]),
        [['r1', 1]],
      );
      assert.equal(one.matchedRules![0]!.evaluatedOutputs![0]!.outputValue, '"warehouse"');
      const byKey = await boss.searchDecisionInstances({ filter: { decisionEvaluationInstanceKey: key } }, NOW);
      assert.equal(byKey.items!.length, 1);
    });

    it('keeps a failure with its message, and what was evaluated before it; the incident names decision and rules', async () => {
      const processInstanceKey = await start({ kind: 'shortage', days: 1 });
      const found = await boss.searchDecisionInstances({ filter: { processInstanceKey } }, NOW);
      assert.deepEqual(
        found.items!.map(({ decisionDefinitionId, state }) => [decisionDefinitionId, state]),
        [
          ['urgent', 'EVALUATED'],
          ['department', 'FAILED'],
        ],
      );
      assert.match(found.items![1]!.evaluationFailure!, /<department> «Отдел».*rules 1, 2 match/);
      const failed = await boss.searchDecisionInstances({ filter: { processInstanceKey, state: 'FAILED' } }, NOW);
      assert.equal(failed.items!.length, 1);
      const incidents = await boss.searchIncidents({ filter: { processInstanceKey } }, NOW);
      assert.equal(incidents.items![0]!.errorType, 'DECISION_EVALUATION_ERROR');
      assert.match(incidents.items![0]!.errorMessage!, /«Отдел».*rules 1, 2 match/);
    });

    it('keeps an evaluation beside any process', async () => {
      const { decisionEvaluationKey, evaluatedDecisions } = await boss.evaluateDecision({
        decisionDefinitionId: 'department' as never,
        variables: { kind: 'other', days: 1 },
      });
      const found = await boss.searchDecisionInstances({ filter: { decisionEvaluationKey } }, NOW);
      assert.deepEqual(
        found.items!.map((one) => one.decisionEvaluationInstanceKey),
        evaluatedDecisions.map((one) => one.decisionEvaluationInstanceKey),
      );
      assert.equal(found.items![1]!.processInstanceKey, undefined);
    });

    it('gives pages by cursor, sorted, and filters by definition', async () => {
      const filter = { decisionDefinitionId: 'department' as never };
      const sort = [{ field: 'evaluationDate', order: 'DESC' }] as never;
      const all = await boss.searchDecisionInstances({ filter, sort }, NOW);
      const first = await boss.searchDecisionInstances({ filter, sort, page: { limit: 1 } }, NOW);
      // Raw: the page type of the client's union that it picks for `after` drops it.
      const rest = await served.send('boss', 'POST /v2/decision-instances/search', {
        filter,
        sort,
        page: { after: first.page.endCursor },
      });
      const { items } = rest.body as unknown as { items: { decisionEvaluationInstanceKey: string }[] };
      assert.deepEqual(
        [...first.items!, ...items].map((one) => one.decisionEvaluationInstanceKey),
        all.items!.map((one) => one.decisionEvaluationInstanceKey),
      );
      const decisionDefinitionKey = all.items![0]!.decisionDefinitionKey!;
      const byDefinition = await boss.searchDecisionInstances(
        { filter: { decisionDefinitionKey: { $in: [decisionDefinitionKey] } } },
        NOW,
      );
      assert.equal(byDefinition.items!.length, all.items!.length);
      assert.equal(
        (await boss.searchDecisionInstances({ filter: { decisionDefinitionName: 'Нет' } }, NOW)).items!.length,
        0,
      );
    });

    it('leaves nothing out between the pages of a sort by what many have in common', async () => {
      const search = async (page: object) => {
        const body = { sort: [{ field: 'decisionDefinitionId' }], page };
        return (await served.send('boss', 'POST /v2/decision-instances/search', body)).body as unknown as {
          readonly items: readonly { readonly decisionEvaluationInstanceKey: string }[];
          readonly page: { readonly endCursor?: string };
        };
      };
      const all = (await search({})).items.map((one) => one.decisionEvaluationInstanceKey);
      assert.ok(all.length > 4);
      const walked: string[] = [];
      for (let after: string | undefined; ;) {
        const { items, page } = await search({ limit: 1, ...(after !== undefined && { after }) });
        if (items.length === 0) break;
        walked.push(...items.map((one) => one.decisionEvaluationInstanceKey));
        after = page.endCursor;
      }
      assert.deepEqual(walked, all);
    });

    it('is shown to those who may see all data, and refuses what the API does not know', async () => {
      const search = 'POST /v2/decision-instances/search';
      assert.equal((await served.send('warehouse', search, {})).status, 403);
      assert.equal((await served.send('boss', search, { filter: { colour: 'red' } })).status, 400);
      assert.equal((await served.send('boss', 'GET /v2/decision-instances/12')).status, 404);
    });
  });
});
