import assert from 'node:assert/strict';
import { bpmn, sequence } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import type { DeployedFile } from './read-resource.ts';

/** A decision that is one number, of a month by its version tag. */
const tariff = (month: string, price: number): DeployedFile => ({
  name: 'tariff.dmn',
  content: `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="f" name="f" namespace="urn:f">
    <decision id="tariff" name="tariff"><extensionElements><zeebe:versionTag value="${month}"/></extensionElements>
      <literalExpression><text>${price}</text></literalExpression></decision></definitions>`,
});

const asks = (processId: string, binding: string): DeployedFile => ({
  name: `${processId}.bpmn`,
  content: bpmn(
    processId,
    sequence({
      id: 'Ask',
      xml: `<bpmn:businessRuleTask id="Ask"><bpmn:extensionElements>
        <zeebe:calledDecision decisionId="tariff" resultVariable="price" ${binding}/></bpmn:extensionElements></bpmn:businessRuleTask>`,
    }),
  ),
});

forEachDialect((dialect) => {
  describe('the version of a decision that a process asks', () => {
    let runtime: TestRuntime;
    beforeEach(async () => (runtime = await openRuntime(dialect)));
    afterEach(() => runtime.drop());

    const deploy = (...resources: readonly DeployedFile[]) => runtime.deployments.deploy({ resources, by: 'analyst' });
    const ask = async (processId: string) => {
      const { definitionKey } = runtime.definitions.catalog.latest('process', processId)!;
      const started = await runtime.runner.start({ processDefinitionKey: definitionKey, variables: {}, by: 'ann' });
      const rows = await runtime.rows('SELECT process_instance_key, result FROM decision_instance');
      const found = rows.find((row) => Number(row['process_instance_key']) === started.processInstanceKey);
      return found === undefined ? started.state : Number(found['result']);
    };

    it('is the latest, that of its own deployment, or the one with a version tag', async () => {
      await deploy(tariff('2026-10', 100), asks('together', 'bindingType="deployment"'));
      await deploy(tariff('2026-11', 500));
      await deploy(asks('newest', ''), asks('october', 'bindingType="versionTag" versionTag="2026-10"'));
      assert.deepEqual([await ask('newest'), await ask('together'), await ask('october')], [500, 100, 100]);
    });

    it('is looked for again when the incident of a tag that nobody has is resolved', async () => {
      await deploy(tariff('2026-10', 100), asks('december', 'bindingType="versionTag" versionTag="2026-12"'));
      assert.equal(await ask('december'), 'active');
      const [incident] = await runtime.rows('SELECT process_instance_key, incident_key, message FROM incident');
      assert.match(String(incident?.['message']), /2026-12/);
      await deploy(tariff('2026-12', 700));
      const [processInstanceKey, incidentKey] = ['process_instance_key', 'incident_key'].map((name) =>
        Number(incident?.[name]),
      );
      const resolved = await runtime.runner.run({
        processInstanceKey: processInstanceKey!,
        by: 'boss',
        build: () => ({ kind: 'resolveIncident', incidentKey: incidentKey! }),
      });
      assert.equal(resolved?.state, 'completed');
    });
  });
});
