import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** `[file, code, the rules that must report it]`; no rule = nothing may. Type-aware rules need the file on disk and are left out here. */
const CASES: readonly (readonly [file: string, code: string, ...rules: readonly string[]])[] = [
  ['engine/model/a.ts', 'export const chance = Math.random();', 'no-restricted-properties'],
  ['engine/model/a.ts', 'export const noon = new Date(0);', 'no-restricted-globals'],
  ['engine/model/a.ts', 'export const noon = Temporal.Now.instant();', 'no-restricted-syntax'],
  ['engine/time/a.ts', 'export const noon = new Date(0).getUTCHours();'],
  ['engine/time/a.ts', 'export const noon = Date.now();', 'no-restricted-syntax'],
  ['engine/time/a.ts', 'export const noon = new Date();', 'no-restricted-syntax'],
  ['engine/time/a.ts', 'export const noon = Date();', 'no-restricted-syntax'],
  ['engine/time/a.ts', 'export const noon = new Date(0).getHours();', 'no-restricted-syntax'],
  ['engine/time/a.test.ts', 'export const noon = Date.now() + Math.random();'],
  ['server/users/a.ts', 'export const now = Date.now();'],
  ['engine/model/a.ts', "export const value = eval('1');", 'no-eval'],
  ['server/users/a.ts', "export const value = globalThis.eval('1');", 'no-eval', 'no-restricted-syntax'],
  ['server/users/a.ts', "export const value = new Function('return 1');", 'no-new-func'],
  ['server/users/a.ts', "export const value = new globalThis.Function('return 1');", 'no-restricted-syntax'],
  ['server/users/a.ts', "import vm from 'node:vm'; export const value = vm;", 'no-restricted-syntax'],
  ['server/users/a.ts', "export const value = await import('child_process');", 'no-restricted-syntax'],
  ['server/users/a.test.ts', "import process from 'node:child_process'; export const value = process;"],
  ['designer/ui/a.tsx', 'export default 1;', 'no-restricted-syntax'],
  ['server/users/a.ts', 'const a = 1; export { a as default };', 'no-restricted-syntax'],
  ['designer/vite.config.ts', 'export default {};'],
  ['server/users/a.ts', 'export const q = (k: any) => k.raw(`SELECT ${k}`);', 'no-restricted-syntax'],
  ['server/users/a.ts', "export const q = (k: any) => k.whereRaw('a = ' + k);", 'no-restricted-syntax'],
  ['server/users/a.ts', "export const q = (k: { raw(s: string, v: number[]): void }) => k.raw('SELECT ?', [1]);"],
  ['server/database/a.ts', 'export const q = (k: { raw(s: string): void }) => k.raw(`SELECT ${String(k)}`);'],
  ['engine/model/a.ts', 'export const claimKey = 1;', 'local/no-pack-words'],
  ['engine/model/a.ts', 'export interface ActLine { readonly id: string }', 'local/no-pack-words'],
  ['engine/model/a.ts', 'export const VAT_RATE = 1;', 'local/no-pack-words'],
  ['engine/model/a.ts', 'export interface Visit { readonly id: string }', 'local/no-pack-words'],
  ['engine/model/a.ts', 'export const dispatch = () => 1;', 'local/no-pack-words'],
  ['engine/model/a.ts', 'export const activate = 1, action = 2, actual = 3, visit = 4, exact = 5, visitor = 6;'],
  ['engine/model/a.ts', "export const kind = 'claim';"],
  ['engine/model/a.test.ts', 'export const claim = 1;'],
  ['server/documents/a.ts', 'export const actLine = 1;'],
  ['engine/model/date-helper.ts', 'export const a = 1;', 'local/file-name'],
  ['server/common/a.ts', 'export const a = 1;', 'local/file-name'],
  ['server/contract/common.ts', 'export const a = 1;'],
  ['engine/utils/a.ts', 'export const a = 1;', 'local/file-name'],
  ['designer/ui/TaskCard.tsx', 'export const a = 1;', 'local/file-name'],
  ['server/database/migrations/0001_spine.ts', 'export const a = 1;'],
  ['server/users/a.db.test.ts', 'export const a = 1;'],
  [
    'designer/ui/a.tsx',
    'export function A(p: { b: boolean }) { if (p.b) useState(1); return null; }',
    'react-hooks/rules-of-hooks',
  ],
];

describe('rules of our own', function () {
  this.timeout(60_000);
  const eslint = new ESLint({
    cwd: ROOT,
    // Files that exist only here belong to no compiler project.
    overrideConfig: [tseslint.configs.disableTypeChecked],
  });

  for (const [file, code, ...rules] of CASES) {
    it(`${rules.join(', ') || 'allows'}: ${file} ← ${code}`, async () => {
      const [result] = await eslint.lintText(code, { filePath: `${ROOT}${file}` });
      const ours = result!.messages.filter(({ ruleId }) => ruleId !== '@typescript-eslint/no-explicit-any');
      const reported = new Set(ours.map(({ ruleId, message }) => ruleId ?? message));
      assert.deepEqual([...reported].sort(), rules);
    });
  }
});
