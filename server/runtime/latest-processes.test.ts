import assert from 'node:assert/strict';
import { createCatalog, type Definition } from './catalog.ts';
import type { Definitions } from './definitions.ts';
import { latestProcesses } from './latest-processes.ts';

describe('the latest version of every process', () => {
  it('leaves out an old version that its tag still finds', async () => {
    const version = (definitionKey: number, versionTag: string | null): Definition =>
      ({
        definitionKey,
        kind: 'process',
        id: 'claim',
        version: definitionKey,
        versionTag,
        deletedAt: null,
      }) as Definition;
    const catalog = createCatalog(1, [version(1, 'spring'), version(2, null)]);
    const execution = (key: number) => Promise.resolve({ model: key });
    const latest = await latestProcesses({ catalog, execution } as unknown as Definitions);
    assert.deepEqual(latest, [2]);
  });
});
