import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Each line: a file, its only statement, and the rules that must name it (none = allowed). */
const CASES: readonly (readonly [file: string, statement: string, ...rules: readonly string[]])[] = [
  ['engine/index.ts', `export const door = 1;`],
  ['engine/testing/index.ts', `export const scenario = 1;`],
  ['engine/appliers/element-completed.ts', `export const elementCompleted = 1;`],
  ['engine/appliers/upward.ts', `import '../behaviors/take-flow.ts';`, 'engine-layers-appliers'],
  ['engine/behaviors/emit.ts', `import '../appliers/element-completed.ts';`],
  ['engine/behaviors/take-flow.ts', `import './emit.ts';`],
  ['engine/behaviors/past-emit.ts', `import '../appliers/element-completed.ts';`, 'only-emit-applies'],
  ['engine/behaviors/upward.ts', `import '../elements/exclusive-gateway.ts';`, 'engine-layers-behaviors'],
  ['engine/apply-history.ts', `import './appliers/element-completed.ts';`],
  ['engine/advance.ts', `import './appliers/element-completed.ts';`, 'only-emit-applies'],
  ['engine/time/test/seed.ts', `import 'fast-check'; import '../../appliers/element-completed.ts';`],
  ['engine/elements/exclusive-gateway.ts', `import '../behaviors/take-flow.ts';`],
  ['engine/bpmn/read-bpmn.ts', `import 'bpmn-moddle';`],
  ['engine/model/compile.ts', `import 'bpmn-moddle';`, 'bpmn-moddle-in-one-place'],
  ['engine/model/table.ts', `import 'dmn-moddle';`, 'dmn-moddle-in-one-place'],
  ['engine/model/pattern.ts', `import 're2js';`, 're2js-in-one-place'],
  ['engine/model/schema.ts', `import 'ajv/dist/2020.js';`, 'ajv-in-one-place'],
  ['engine/model/zone.ts', `import 'temporal-polyfill';`, 'temporal-polyfill-in-one-place'],
  ['engine/model/http.ts', `import 'express';`, 'engine-few-packages'],
  ['engine/model/file.ts', `import 'node:fs';`, 'engine-is-pure'],
  ['engine/model/shell.ts', `import '../../server/app.ts';`, 'engine-knows-no-shell'],
  ['engine/model/shell.test.ts', `import 'node:assert';`],
  ['engine/model/circle-a.ts', `import { b } from './circle-b.ts'; export const a = () => b;`, 'no-circular'],
  ['engine/model/circle-b.ts', `import { a } from './circle-a.ts'; export const b = () => a;`], // A circle is named once.
  ['engine/model/lost.ts', `import './nowhere.ts';`, 'resolves'],
  ['server/app.ts', `import './users/store.ts'; import '#engine';`],
  ['server/main.ts', `import '../engine/behaviors/take-flow.ts';`, 'engine-by-its-door'],
  ['server/contract/index.ts', `import type { door } from '#engine'; export type Door = typeof door;`],
  [
    'server/contract/value.ts',
    `import { door } from '#engine'; export const copy = door;`,
    'contract-takes-types-of-engine-only',
  ],
  ['server/contract/feature.ts', `import '../users/service.ts';`, 'contract-is-a-leaf'],
  ['server/users/store.ts', `export const store = 1;`],
  ['server/users/session-store.ts', `export const store = 1;`],
  ['server/users/service.ts', `import './store.ts';`],
  ['server/tasks/service.ts', `import '../users/service.ts';`],
  ['server/tasks/peek.ts', `import '../users/store.ts';`, 'feature-store-is-private'],
  ['server/tasks/glance.ts', `import '../users/session-store.ts';`, 'feature-store-is-private'],
  ['server/tasks/screen.ts', `import '../../designer/app.tsx';`, 'server-knows-no-designer'],
  ['server/tasks/shell.ts', `import 'node:child_process';`, 'no-code-from-strings'],
  ['server/tasks/development.ts', `import 'react';`, 'product-uses-no-development-package'],
  ['server/tasks/uses-test.ts', `import '../test/dialects.ts';`, 'product-uses-no-test'],
  ['server/tasks/pack.ts', `import '../../processes/claim/run.ts';`, 'packs-are-data'],
  ['server/test/dialects.ts', `import 'react'; import 'node:child_process'; import '../users/store.ts';`],
  ['server/worker/loop.ts', `import 'express';`, 'worker-knows-no-http-server'],
  ['server/connectors/http/run.ts', `import 'express';`, 'worker-knows-no-http-server'],
  ['designer/app.tsx', `import '#engine'; import '#contract'; import 'react';`],
  ['designer/vite.config.ts', `import 'node:path';`],
  ['designer/deep.ts', `import '../server/contract/value.ts';`, 'contract-by-its-door'],
  ['designer/server.ts', `import '../server/users/service.ts';`, 'designer-knows-no-server'],
  ['designer/file.ts', `import 'node:fs';`, 'designer-runs-in-a-browser'],
  ['processes/claim/run.ts', `export const code = 1;`],
];

describe('boundary rules', function () {
  this.timeout(60_000);
  let found: ReadonlyMap<string, readonly string[]>;

  before(() => {
    mkdirSync(join(ROOT, '.cache'), { recursive: true });
    const copy = mkdtempSync(join(ROOT, '.cache', 'boundaries-'));
    try {
      found = cruise(copy);
    } finally {
      rmSync(copy, { recursive: true });
    }
  });

  for (const [file, statement, ...rules] of CASES) {
    it(`${rules.length > 0 ? rules.join(', ') : 'allows'}: ${file} ← ${statement}`, () => {
      assert.deepEqual(found.get(file) ?? [], rules);
    });
  }

  it('has a case for every rule', () => {
    const config = readFileSync(join(ROOT, '.dependency-cruiser.cjs'), 'utf8');
    const named = [...config.matchAll(/name: '([a-z-]+)'/g)].map(([, name]) => name!);
    const tried = new Set(CASES.flatMap(([, , ...rules]) => rules));
    assert.ok(named.length > 15);
    assert.deepEqual(
      named.filter((name) => !tried.has(name)),
      [],
    );
  });
});

/** Writes the cases as a repository of its own below ours, so that packages resolve, and asks for all violations. */
function cruise(copy: string): ReadonlyMap<string, readonly string[]> {
  for (const file of ['package.json', '.dependency-cruiser.cjs', 'tsconfig.json', 'tsconfig.base.json']) {
    copyFileSync(join(ROOT, file), join(copy, file));
  }
  for (const [file, statement] of CASES) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), statement);
  }
  const program = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    program,
    '--config',
    '.dependency-cruiser.cjs',
    '--output-type',
    'json',
    'engine',
    'server',
    'designer',
  ];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8', maxBuffer: 1e8 });
  assert.equal(stderr, '');
  const { summary } = JSON.parse(stdout) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  const found = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) {
    const names = found.get(from) ?? [];
    if (!names.includes(rule.name)) found.set(from, [...names, rule.name].sort());
  }
  return found;
}
