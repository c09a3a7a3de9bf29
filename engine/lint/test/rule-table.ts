import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { readBpmn } from '../../bpmn/read-bpmn.ts';
import { lintProcess } from '../lint-process.ts';
import type { LintFinding } from '../lint-finding.ts';
import type { LintRule, LintSurroundings } from '../lint-rule.ts';

export interface ValidRow {
  readonly xml: string;
  readonly surroundings?: LintSurroundings;
}

export interface InvalidRow extends ValidRow {
  /** Element and severity of each finding of this rule, in order: `Join error`. */
  readonly finds: readonly string[];
  /** Element names of the first path. */
  readonly path?: string;
  readonly says?: RegExp;
}

/** One test per row, and the rule has its page in both languages. */
export function verify(
  rule: LintRule,
  {
    valid,
    invalid,
  }: { readonly valid: Readonly<Record<string, ValidRow>>; readonly invalid: Readonly<Record<string, InvalidRow>> },
): void {
  describe(`lint: ${rule.name}`, () => {
    for (const [name, row] of Object.entries(valid)) {
      it(`accepts ${name}`, async () => assert.deepEqual(describeAll(await findingsOf(rule, row)), []));
    }
    for (const [name, row] of Object.entries(invalid)) {
      it(`finds ${name}`, async () => {
        const findings = await findingsOf(rule, row);
        assert.deepEqual(describeAll(findings), row.finds, findings.map(({ message }) => message.en).join('\n'));
        if (row.path !== undefined) {
          assert.equal(findings[0]!.path.map(({ elementName }) => elementName).join(' → '), row.path);
        }
        if (row.says !== undefined)
          assert.match(findings.map(({ message, remedy }) => `${message.en} ${remedy.en}`).join('\n'), row.says);
        for (const { message, remedy } of findings) {
          for (const text of [message, remedy]) {
            assert.match(text.ru, /[а-яё]/i);
            assert.doesNotMatch(text.en, /undefined|\[object/);
          }
        }
      });
    }
    it('has a page in Russian and English', () => {
      const page = new URL(`../rules/${rule.name}.md`, import.meta.url);
      assert.ok(existsSync(page), `write engine/lint/rules/${rule.name}.md`);
      assert.match(readFileSync(page, 'utf8'), /## По-русски[\s\S]+## In English/);
    });
  });
}

async function findingsOf(rule: LintRule, { xml, surroundings }: ValidRow): Promise<readonly LintFinding[]> {
  const { processes } = await readBpmn(xml);
  return processes
    .flatMap((process) => lintProcess(process, surroundings))
    .filter((finding) => finding.rule === rule.name);
}

function describeAll(findings: readonly LintFinding[]): readonly string[] {
  return findings.map(({ elementId, severity, code, rule }) =>
    [elementId, severity, ...(code === rule ? [] : [code])].join(' '),
  );
}
