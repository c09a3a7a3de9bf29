import assert from 'node:assert/strict';
import { ProblemList } from './problem-list.ts';
import { readRetries } from './read-retries.ts';

const ELEMENT = { $type: 'bpmn:ServiceTask', id: 'Pack', name: 'Pack' };

function read(text: string | undefined, headers = {}) {
  const problems = new ProblemList('');
  return { ...readRetries(ELEMENT, { text, headers, problems }), problems: problems.problems };
}

describe('how often a job is tried', () => {
  const valid: readonly [string | undefined, string, readonly string[]][] = [
    [undefined, '3', []],
    ['5', '5', []],
    ['=tries', '=tries', []],
    ['R3/PT5M', '3', ['PT5M']],
    ['R1/P1D', '1', ['P1D']],
    ['PT1M', '2', ['PT1M']],
    ['PT1M, PT10M,P1D', '4', ['PT1M', 'PT10M', 'P1D']],
  ];
  for (const [text, retries, delays] of valid) {
    it(`${text ?? 'nothing'} → ${retries} tries, delays ${delays.join(' ') || 'none'}`, () => {
      assert.deepEqual(read(text), { retries, delays, problems: [] });
    });
  }

  it('the header retryBackoff is a delay where the retries have none; an expression is the connector’s own', () => {
    assert.deepEqual(read('4', { retryBackoff: 'PT9M' }).delays, ['PT9M']);
    assert.deepEqual(read('R3/PT5M', { retryBackoff: 'PT9M' }).delays, ['PT5M']);
    assert.deepEqual(read('4', { retryBackoff: '=delay' }).delays, []);
    assert.deepEqual(read('4', { retryBackoff: '' }).delays, []);
  });

  for (const text of ['R0/PT5M', 'R3/5 minutes', 'PT1M,soon', '1,5', 'R/PT5M', '-PT5M', 'R3/-PT5M']) {
    it(`${text} is refused with the element and the remedy`, () => {
      const [problem] = read(text).problems;
      assert.equal(problem?.code, 'invalid-timer');
      assert.match(problem.message, /serviceTask "Pack" \(Pack\)/);
      assert.match(problem.remedy, /R3\/PT5M/);
    });
  }
  it('a header that is no duration is refused, too', () => {
    assert.equal(read('3', { retryBackoff: 'later' }).problems[0]?.code, 'invalid-timer');
  });
});
