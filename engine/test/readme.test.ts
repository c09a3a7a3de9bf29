import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';

const ENGINE = new URL('../', import.meta.url);

/** The tables of `engine/README.md` lead to files that exist. A bare name stands in the folder named before it. */
describe('the map of the engine', () => {
  const rows = readFileSync(new URL('README.md', ENGINE), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|'));
  for (const row of rows) {
    const paths = [...row.matchAll(/`([\w./-]+(?:\.ts|\/))`/g)].map(([, path = '']) => path);
    if (paths.length === 0) continue;
    it(paths.join(' '), () => {
      let folder = '';
      for (const path of paths) {
        if (path.includes('/')) folder = path.slice(0, path.lastIndexOf('/') + 1);
        const found = [path, folder + path].some((place) => existsSync(new URL(place, ENGINE)));
        assert.ok(found, `Expected ${path} in engine/${folder}`);
      }
    });
  }
});
