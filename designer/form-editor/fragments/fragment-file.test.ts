import assert from 'node:assert/strict';
import { fragmentOf } from '../document/form-fragment.ts';
import { readDocument } from '../document/read-document.ts';
import { templateForm } from '../form-templates.ts';
import { readFragmentFile, writeFragmentFile } from './fragment-file.ts';

describe('a fragment as a file', () => {
  const document = readDocument(templateForm('check', { key: 'check', title: 'Осмотр' }));
  const [first = ''] = document.nodes[document.root]!.children!;
  const named = { title: 'Изделие', fragment: fragmentOf(document, [first]) };

  it('comes back as it went', () => {
    assert.deepEqual(readFragmentFile(writeFragmentFile(named), 'x.json'), named);
  });

  it('is called by its file when it has no name of its own', () => {
    const { title: _, ...untitled } = JSON.parse(writeFragmentFile(named)) as Record<string, unknown>;
    assert.equal(readFragmentFile(JSON.stringify(untitled), 'owner.fragment.json')?.title, 'owner');
  });

  for (const text of ['', '{}', '[]', '{"$schema":"form/1"}', JSON.stringify({ ...named.fragment, layout: [] })])
    it(`is not <${text.slice(0, 40)}>`, () => assert.equal(readFragmentFile(text, 'x.json'), null));
});
