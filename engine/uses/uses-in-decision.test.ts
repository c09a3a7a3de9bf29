import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readDmn } from '../decisions/read-dmn.ts';
import { usesInDecision } from './uses-in-decision.ts';

describe('who reads a variable: decisions', () => {
  it('a column of a table, once, with the expression as written', async () => {
    const file = new URL('../../processes/claim-intake/claim-triage.dmn', import.meta.url);
    const reading = await readDmn(readFileSync(file, 'utf8'));
    const decision = reading.decisions.find(({ decisionId }) => decisionId === 'claim-triage');
    const uses = usesInDecision(decision!, new Set(['qtyShort', 'nobody']));
    assert.deepEqual(
      uses.map(({ kind, id, variable, text }) => [kind, id, variable, text]),
      [['decision', 'claim-triage', 'qtyShort', 'qtyShort']],
    );
  });
});
