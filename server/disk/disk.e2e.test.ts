import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import { watchDisk, type DiskSpace } from './disk-space.ts';

const GB = 1024 ** 3;

forEachDialect((dialect) => {
  describe('a disk that fills up under a working server', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reglament-low-'));
    let disk: DiskSpace;
    let test: TestApp;
    let free = 50 * GB;
    before(async () => {
      disk = await watchDisk({ folder, ballast: false, space: async () => ({ free, size: 100 * GB }) });
      test = await startApp((await dialect.connect()).settings, { disk });
    });
    after(async () => {
      disk.stop();
      await test.close();
      rmSync(folder, { recursive: true });
    });
    const start = () => test.call('analyst', 'POST /v2/process-instances', { processDefinitionId: 'claim-intake' });

    it('stops intake with 507, goes on reading, and heals itself', async () => {
      assert.equal((await test.mail('claim-shortage.eml')).status, 201);
      const wellBefore = (await start()).status;
      free = 0.1 * GB;
      await disk.look();

      const refused = await start();
      assert.deepEqual([refused.status, refused.body.code], [507, 'disk-full']);
      assert.match(refused.body.detail, /почти нет места/);
      assert.equal((await test.mail('claim-defect.eml')).status, 507);
      // It starts processes; and what a decision came to is kept.
      assert.equal((await test.call('analyst', 'POST /api/conditionals/evaluation', { variables: {} })).status, 507);
      const evaluation = { decisionDefinitionId: 'none' };
      assert.equal((await test.call('analyst', 'POST /v2/decision-definitions/evaluation', evaluation)).status, 507);
      assert.equal((await test.call('dispatcher', 'GET /api/cases')).body.items.length, 1);
      assert.equal((await test.call('analyst', 'POST /v2/process-instances/search', {})).status, 200);
      assert.deepEqual((await test.call(null, 'GET /readyz')).body, {
        status: 'ok',
        database: 'ok',
        worker: 'ok',
        disk: 'low',
      });

      free = 50 * GB;
      await disk.look();
      assert.equal((await test.mail('claim-defect.eml')).status, 201);
      assert.equal((await start()).status, wellBefore);
      assert.equal((await test.call(null, 'GET /readyz')).body.disk, 'ok');
    });

    it('asks who it is before it says that there is no room', async () => {
      free = 0.1 * GB;
      await disk.look();
      assert.equal((await test.call(null, 'POST /v2/process-instances', {})).status, 401);
      free = 50 * GB;
      await disk.look();
    });
  });
});
