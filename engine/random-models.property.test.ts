import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { env, execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { propertyOptions } from './test/property-options.ts';

/** What CI runs takes a minute and a half of two cores; a person at work waits ten seconds. */
const MODELS = env['CI'] === undefined ? 1_500 : 20_000;
const SOAK = fileURLToPath(new URL('./test/random/soak.ts', import.meta.url));
const run = promisify(execFile);

describe('random models with random schedules', function () {
  this.timeout(900_000);

  it('keep every promise of the interpreter after every command', async () => {
    const { numRuns, seed } = propertyOptions(MODELS);
    // One process per core: the models are independent, and a test run has the machine for itself.
    const workers = Math.max(1, availableParallelism());
    const share = Math.ceil(numRuns / workers);
    const results = await Promise.allSettled(
      Array.from({ length: workers }, (_, worker) =>
        run(execPath, [
          '--import',
          'tsx',
          '--conditions=source',
          SOAK,
          String(share),
          String(seed + worker * 1_000_003),
        ]),
      ),
    );
    const broken = results.flatMap((result) =>
      result.status === 'fulfilled' ? [] : [String((result.reason as { stderr?: string }).stderr ?? result.reason)],
    );
    assert.deepEqual(broken, [], `seed ${seed}`);
  });
});
