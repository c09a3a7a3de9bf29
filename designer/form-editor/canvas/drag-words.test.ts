import assert from 'node:assert/strict';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { editorWords } from '../texts.ts';
import { placeSentence } from './drag-words.ts';

describe('what is heard of a drag', () => {
  it('every place has a number of its own, and the two places beside the node itself are one', () => {
    const document = readDocument(templateForm('request', { key: 'r', title: 'Р' }));
    const parent = document.root;
    const children = document.nodes[parent]!.children!;
    const last = children.length - 1;
    const told = { document, subject: { kind: 'node', nodeId: children[last]! } as const, words: editorWords('ru') };
    const numbers = Array.from({ length: last + 2 }, (_, index) =>
      Number(/Место (\d+)/.exec(placeSentence(told, { parent, index }, 'dragOver'))![1]),
    );
    assert.deepEqual(numbers, [...Array.from({ length: last + 1 }, (_, index) => index + 1), last + 1]);
  });
});
