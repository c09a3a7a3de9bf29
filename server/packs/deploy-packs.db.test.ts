import assert from 'node:assert/strict';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { deployPacks } from './deploy-packs.ts';
import { readPack } from './read-pack.ts';

forEachDialect((dialect) => {
  describe('shipped packs', () => {
    let runtime: TestRuntime;
    before(async () => (runtime = await openRuntime(dialect)));
    after(() => runtime.drop());

    const formVersion = () => runtime.definitions.catalog.latest('form', 'claim-classify')?.version;

    it('are deployed once; a restart does not undo what an analyst has published since', async () => {
      assert.equal((await deployPacks(runtime.deployments)).length, 5);
      const file = (await readPack('claim-intake')).find(({ name }) => name.endsWith('claim-classify.form.json'))!;
      const content = file.content.replace('"Классифицировать', '"Определить и классифицировать');
      assert.notEqual(content, file.content);
      await runtime.deployments.deploy({ resources: [{ ...file, content }], by: 'analyst' });
      assert.equal(formVersion(), 2);
      assert.equal((await deployPacks(runtime.deployments)).length, 0);
      assert.equal(formVersion(), 2);
    });
  });
});
