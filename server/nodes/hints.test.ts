import assert from 'node:assert/strict';
import { NO_HINT, readHint, writeHint } from './hints.ts';

describe('a hint between nodes', () => {
  it('arrives as it was sent, but not at its sender', () => {
    const text = writeHint({ ...NO_HINT, buckets: [3], nextTimerAt: 7 }, 'a');
    assert.deepEqual(readHint(text, 'b'), { ...NO_HINT, from: 'a', all: false, buckets: [3], nextTimerAt: 7 });
    assert.equal(readHint(text, 'a'), null);
  });

  it('that is too long has everybody look, at new deployments and free buckets as well', () => {
    const jobTypes = Array.from({ length: 1_000 }, (_, n) => `a-type-of-job-${n}`);
    const text = writeHint({ ...NO_HINT, jobTypes, leases: true, deployed: true }, 'a');
    assert.ok(text.length < 8_000);
    assert.deepEqual(readHint(text, 'b'), { ...NO_HINT, from: 'a', all: true, leases: true, deployed: true });
  });

  it('is none when it is the text of somebody else', () => {
    assert.equal(readHint('hello', 'a'), null);
    assert.equal(readHint('null', 'a'), null);
    assert.equal(readHint('{}', 'a'), null);
  });
});
