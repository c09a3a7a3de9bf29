import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { lintFiles, type LintFile } from '../lint-files.ts';

interface InvalidFile {
  readonly file: LintFile;
  /** Element and code of each finding of the rule, in order. */
  readonly finds: readonly string[];
  readonly says?: RegExp;
}

/** As `verify`, for rules that look at decisions and forms: one test per row, and the rule has its page in both languages. */
export function verifyFiles(
  rule: string,
  {
    valid,
    invalid,
  }: { readonly valid: Readonly<Record<string, LintFile>>; readonly invalid: Readonly<Record<string, InvalidFile>> },
): void {
  const findingsIn = async (file: LintFile) => {
    const findings = await lintFiles([file]);
    const refused = findings.filter((one) => one.rule === 'reader-problems');
    assert.deepEqual(refused, [], 'the file must be readable');
    return findings.filter((one) => one.rule === rule);
  };
  describe(`lint of decisions and forms: ${rule}`, () => {
    for (const [name, file] of Object.entries(valid)) {
      it(`accepts ${name}`, async () => {
        assert.deepEqual(
          (await findingsIn(file)).map(({ message }) => message.en),
          [],
        );
      });
    }
    for (const [name, { file, finds, says }] of Object.entries(invalid)) {
      it(`finds ${name}`, async () => {
        const findings = await findingsIn(file);
        assert.deepEqual(
          findings.map(({ elementId, code }) => `${elementId ?? ''} ${code}`),
          finds,
        );
        for (const { severity, message, remedy } of findings) {
          assert.equal(severity, 'warning');
          for (const { ru, en } of [message, remedy]) {
            assert.match(ru, /[а-яё]/i);
            assert.doesNotMatch(`${ru}${en}`, /undefined|\[object/);
          }
        }
        if (says !== undefined) {
          assert.match(findings.map(({ message, remedy }) => `${message.en} ${remedy.en}`).join('\n'), says);
        }
      });
    }
    it('has a page in Russian and English', () => {
      const page = new URL(`../rules/${rule}.md`, import.meta.url);
      assert.ok(existsSync(page), `write engine/lint/rules/${rule}.md`);
      assert.match(readFileSync(page, 'utf8'), /## По-русски[\s\S]+## In English/);
    });
  });
}
