import assert from 'node:assert/strict';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { InvalidDeployment } from './invalid-deployment.ts';
import type { DeployedFile } from './read-resource.ts';

const dmn = (name: string, elements: string): DeployedFile => ({
  name: `${name}.dmn`,
  content: `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="${name}-file" name="${name}" namespace="urn:${name}">${elements}</definitions>`,
});
const literal = (text: string): string => `<literalExpression><text>${text}</text></literalExpression>`;
const tariffs = (tariff: number): DeployedFile =>
  dmn('tariffs', `<decision id="tariff" name="tariff">${literal(String(tariff))}</decision>`);
const importTariffs =
  '<import id="i" name="T" namespace="urn:tariffs" importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>';
const price = dmn(
  'price',
  `${importTariffs}<decision id="price" name="price">
    <informationRequirement><requiredDecision href="urn:tariffs#tariff"/></informationRequirement>${literal('T.tariff * 2')}</decision>`,
);
const ask: DeployedFile = {
  name: 'ask.bpmn',
  content: bpmn(
    'ask',
    sequence({
      id: 'Ask',
      xml: `<bpmn:businessRuleTask id="Ask"><bpmn:extensionElements>
        <zeebe:calledDecision decisionId="price" resultVariable="price"/></bpmn:extensionElements></bpmn:businessRuleTask>`,
    }),
  ),
};

forEachDialect((dialect) => {
  describe('DMN files that import each other', () => {
    let runtime: TestRuntime;
    beforeEach(async () => (runtime = await openRuntime(dialect)));
    afterEach(() => runtime.drop());

    const deploy = (...resources: readonly DeployedFile[]) => runtime.deployments.deploy({ resources, by: 'analyst' });
    const results = async () =>
      (await runtime.rows('SELECT decision_id, result FROM decision_instance ORDER BY evaluated_at, place')).map(
        (row) => `${String(row['decision_id'])} ${String(row['result'])}`,
      );
    const run = async (on = runtime) => {
      const { definitionKey } = on.definitions.catalog.latest('process', 'ask')!;
      await on.runner.start({ processDefinitionKey: definitionKey, variables: {}, by: 'ann' });
    };

    it('deploy in one package, in any order, and run', async () => {
      await deploy(price, tariffs(100), ask);
      await run();
      assert.deepEqual(await results(), ['tariff 100', 'price 200']);
    });

    it('import a model deployed before, and keep that version until they are deployed anew', async () => {
      await deploy(tariffs(100));
      await deploy(price, ask);
      await deploy(tariffs(500));
      runtime = await runtime.restarted();
      const again = runtime;
      await again.definitions.refresh();
      await run(again);
      assert.deepEqual(await results(), ['tariff 100', 'price 200']);
      const anew = await again.deployments.deploy({ resources: [price, ask], by: 'analyst' });
      assert.equal(anew.changed, true, 'what it imports is newer');
      again.clock.advance(1_000);
      await run(again);
      assert.deepEqual((await results()).slice(2), ['tariff 500', 'price 1000']);
      assert.equal((await again.deployments.deploy({ resources: [price, ask], by: 'analyst' })).changed, false);
    });

    it('are refused with the name of a model that nobody deployed', async () => {
      await assert.rejects(deploy(price, ask), (error: unknown) => {
        assert.ok(error instanceof InvalidDeployment);
        const [problem] = error.problems;
        assert.deepEqual([problem?.resource, problem?.code], ['price.dmn', 'missing-import']);
        assert.match(problem?.russian?.message ?? '', /нет модели, которую импортирует файл.*urn:tariffs/);
        return true;
      });
    });
  });
});
