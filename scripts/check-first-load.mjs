// What a person's browser loads before the first screen is drawn must stay within the budget of forms-ux.md §D.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './list-files.mjs';

const BUDGET_KB = 320;
const folder = process.argv[2] ?? join(ROOT, 'dist/designer');

const page = readFileSync(join(folder, 'index.html'), 'utf8');
const entries = [...page.matchAll(/(?:src|href)="\/?([^"]+\.js)"/g)].map(([, path]) => path);

/** The entry, what the page preloads, and what those import outright; what they `import()` comes later. */
const loaded = new Set();
const visit = (path) => {
  if (loaded.has(path)) return;
  loaded.add(path);
  const code = readFileSync(join(folder, path), 'utf8');
  for (const [, name] of code.matchAll(/(?:^|[;}\s])import\s*(?:[\w$*{}\s,]+from\s*)?"\.\/([^"]+\.js)"/g)) {
    visit(`assets/${name}`);
  }
};
entries.forEach(visit);

const sizes = [...loaded].map((path) => [path, gzipSync(readFileSync(join(folder, path))).length / 1024]);
const total = sizes.reduce((sum, [, size]) => sum + size, 0);
const told = sizes
  .sort((left, right) => right[1] - left[1])
  .map(([path, size]) => `  ${size.toFixed(1)} KB  ${path}`)
  .join('\n');
console.log(`First load: ${total.toFixed(1)} KB of scripts, compressed; budget ${BUDGET_KB} KB`);
if (entries.length === 0 || total > BUDGET_KB) {
  console.error(`${told}\nMove what the first screen does not need behind import().`);
  process.exitCode = 1;
}
