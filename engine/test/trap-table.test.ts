import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { runTrace } from '../testing/run-trace.ts';
import { readScenario, scenarioNames } from './scenario-files.ts';
import { TRAP_TABLE } from './trap-table.ts';

const ROOT = new URL('../../', import.meta.url);

/** Every row of the trap table, each claim by what proves it. A scenario is played here; a test of another file must exist. */
describe('trap table', () => {
  const scenarios = scenarioNames();
  for (const [row, claims] of Object.entries(TRAP_TABLE)) {
    describe(row, () => {
      it('is proved', () =>
        assert.ok(Object.values(claims).some((proofs) => typeof proofs !== 'string' && proofs.length > 0)));
      for (const [claim, proofs] of Object.entries(claims)) {
        if (typeof proofs === 'string') it(`${claim} (${proofs})`);
        else
          it(claim, async () => {
            assert.ok(proofs.length > 0, 'Expected a scenario or a test that proves this');
            for (const proof of proofs) await (scenarios.includes(proof) ? play(proof) : checkTest(proof));
          });
      }
    });
  }
});

function checkTest(proof: string): void {
  const [file = '', title] = proof.split(' › ');
  assert.ok(title !== undefined, `Expected the scenario ${proof} in engine/test/scenarios`);
  assert.ok(existsSync(new URL(file, ROOT)), `Expected the file ${file}`);
  const text = readFileSync(new URL(file, ROOT), 'utf8');
  assert.ok(text.includes(`'${title}'`) || text.includes(`\`${title}\``), `Expected the test "${title}" in ${file}`);
}

async function play(name: string): Promise<void> {
  const { text, options } = await readScenario(name);
  assert.equal(runTrace(text, options), text);
}
