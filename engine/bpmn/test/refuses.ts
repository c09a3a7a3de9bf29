import assert from 'node:assert/strict';
import { problemsOf } from './bpmn-text.ts';

/** A file, the code of the problem and what its message must name. */
export type Refused = readonly [xml: string, code: string, names: RegExp];

/** One test per row: the file is refused with this code, and the message names the culprit. */
export function refuses(rows: Readonly<Record<string, Refused>>): void {
  for (const [name, [xml, code, names]] of Object.entries(rows)) {
    it(`refuses ${name}`, async () => {
      const problems = await problemsOf(xml);
      const found = problems.map((problem) => `${problem.code}: ${problem.message}`).join('\n');
      assert.ok(
        problems.some((problem) => problem.code === code && names.test(problem.message)),
        found || 'it deploys',
      );
      for (const { message, remedy } of problems) assert.ok(message.length > 10 && remedy.length > 10);
    });
  }
}
