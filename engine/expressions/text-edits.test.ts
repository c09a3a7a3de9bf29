import assert from 'node:assert/strict';
import { TextEdits } from './text-edits.ts';

describe('TextEdits', () => {
  it('nests insertions like brackets', () => {
    const edits = new TextEdits();
    edits.insertBefore(0, 'f(');
    edits.insertBefore(0, 'g(');
    edits.insertAfter(2, ')');
    edits.insertBefore(2, 'h(');
    edits.insertAfter(4, ')');
    edits.insertAfter(4, ')');
    assert.equal(edits.apply('abcd').text, 'f(g(ab)h(cd))');
  });

  it('finds the way back for every position', () => {
    const edits = new TextEdits();
    edits.insertBefore(1, '<<');
    edits.insertAfter(3, '>>');
    const { text, toOriginal } = edits.apply('abcde');
    assert.equal(text, 'a<<bc>>de');
    assert.deepEqual(
      [...text, ''].map((_, position) => toOriginal(position)),
      [0, 1, 1, 1, 2, 3, 3, 3, 4, 5],
    );
  });
});
