import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchDisk, type DiskSpace } from './disk-space.ts';

const GB = 1024 ** 3;

describe('the disk under the data folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reglament-disk-'));
  const ballast = join(folder, 'ballast');
  const changes: boolean[] = [];
  let free = 0;
  let disk: DiskSpace;
  const at = async (bytes: number): Promise<boolean> => {
    free = bytes;
    await disk.look();
    return disk.low();
  };
  before(async () => {
    free = 50 * GB;
    disk = await watchDisk({
      folder,
      ballast: true,
      ballastBytes: 3_000_000,
      space: async () => ({ free, size: 100 * GB }),
      onChange: (low) => void changes.push(low),
    });
  });
  after(() => {
    disk.stop();
    rmSync(folder, { recursive: true });
  });

  it('has real ballast while there is room', () => {
    assert.equal(disk.low(), false);
    assert.equal(statSync(ballast).size, 3_000_000);
    assert.ok(statSync(ballast).blocks * 512 >= 3_000_000, 'no holes');
  });

  it('is low below 512 MB, and not until well above it enough again', async () => {
    assert.equal(await at(0.51 * GB), false);
    assert.equal(await at(0.49 * GB), true);
    assert.equal(await at(0.6 * GB), true, 'a little more does not count');
    assert.equal(await at(0.8 * GB), false);
    assert.deepEqual(changes, [true, false]);
  });

  it('gives the ballast up for the last bytes, and makes it anew when the disk has healed', async () => {
    assert.equal(await at(0.01 * GB), true);
    assert.ok(!existsSync(ballast));
    assert.equal(await at(20 * GB), false);
    assert.ok(existsSync(ballast));
    await disk.full();
    assert.deepEqual([disk.low(), existsSync(ballast)], [true, false], 'a write that failed says more than a look');
    assert.equal(await at(20 * GB), false);
  });

  it('goes on where the ballast cannot be removed', async () => {
    const broken = join(folder, 'broken');
    mkdirSync(join(broken, 'ballast'), { recursive: true });
    const space = async () => ({ free: 1, size: 100 * GB });
    const stuck = await watchDisk({ folder: broken, ballast: true, space });
    await stuck.full();
    assert.equal(stuck.low(), true);
    stuck.stop();
  });

  it('takes a twentieth of a small disk', async () => {
    const small = await watchDisk({ folder, ballast: false, space: async () => ({ free: 60_000, size: 1_000_000 }) });
    assert.equal(small.low(), false);
    small.stop();
    const fuller = await watchDisk({ folder, ballast: false, space: async () => ({ free: 40_000, size: 1_000_000 }) });
    assert.equal(fuller.low(), true);
    fuller.stop();
  });
});
