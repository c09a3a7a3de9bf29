import assert from 'node:assert/strict';
import { runTrace } from '../testing/run-trace.ts';
import { readScenario, scenarioNames } from './scenario-files.ts';

/**
 * One `.bpmn` and one `.trace` per trap of `semantics.md`. After a wanted change run
 * `npm run traces:rewrite -- engine/test/scenarios` and read the difference as if it were a specification.
 * Replay equality, the indexes and frozen inputs are checked inside `runTrace` after every command.
 */
describe('engine scenarios', () => {
  for (const name of scenarioNames()) {
    it(name, async () => {
      const { text, options } = await readScenario(name);
      const happened = runTrace(text, options);
      assert.equal(happened, text);
      assert.equal(runTrace(text, options), happened, 'the second run must give the same bytes');
    });
  }
});
