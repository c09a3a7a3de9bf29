import assert from 'node:assert/strict';
import { addFiles } from './chosen-files.ts';

describe('files chosen for publication', () => {
  it('are kept in the order of their names, a mended one in the place of the one before', async () => {
    const first = await addFiles([], [new File(['old'], 'b.bpmn'), new File(['{}'], 'a.form.json')]);
    const { files } = await addFiles(first.files, [new File(['\uFEFFnew'], 'b.bpmn')]);
    assert.deepEqual(
      files.map(({ file, text }) => [file.name, text]),
      [
        ['a.form.json', '{}'],
        ['b.bpmn', 'new'],
      ],
    );
  });

  it('are refused by name when nothing here can read them', async () => {
    const { files, refused } = await addFiles([], [new File(['x'], 'picture.png'), new File(['x'], 'a.dmn')]);
    assert.deepEqual(refused, ['picture.png']);
    assert.equal(files.length, 1);
  });
});
