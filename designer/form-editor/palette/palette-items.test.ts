import assert from 'node:assert/strict';
import { FIELD_KINDS } from '#engine';
import { perform, startHistory } from '../../commands/edit-history.ts';
import { kindOfField } from '../canvas/field-model.ts';
import { readDocument } from '../document/read-document.ts';
import { lintDocument } from '../problems/lint-document.ts';
import { TEMPLATES, templateForm } from '../form-templates.ts';
import { findItems, insertCommand, PALETTE, paletteName } from './palette-items.ts';
import { editorWords } from '../texts.ts';

const blank = () => readDocument(templateForm('blank', { key: 'k', title: 'Т' }));

describe('the palette', () => {
  it('offers every kind of field there is', () => {
    const made = new Set(
      PALETTE.filter(({ schema }) => schema).map((item) => {
        const { document } = insert(item.id);
        return kindOfField(document, document.fields[document.fieldOrder[0]!]!);
      }),
    );
    assert.deepEqual(
      FIELD_KINDS.map(({ kind }) => kind).filter((kind) => !made.has(kind)),
      [],
    );
  });

  for (const { id, schema } of PALETTE) {
    if (!schema) continue;
    it(`puts «${id}» on the form without a problem, under a Russian name`, () => {
      const { document } = insert(id);
      assert.deepEqual(
        lintDocument(document).filter(({ severity }) => severity === 'error'),
        [],
      );
      assert.match(
        paletteName(
          PALETTE.find((item) => item.id === id)!,
          editorWords('ru'),
        ),
        /[А-Яа-я]|VIN/,
      );
    });
  }

  it('finds a field by a part of its name in either language', () => {
    assert.deepEqual(
      findItems('телеф').map(({ id }) => id),
      ['phone'],
    );
    assert.deepEqual(
      findItems('PHONE').map(({ id }) => id),
      ['phone'],
    );
    assert.deepEqual(findItems('нетакого'), []);
  });

  for (const id of TEMPLATES) {
    if (id === 'blank') continue;
    it(`begins a form from the template «${id}» without a problem`, () => {
      const problems = lintDocument(readDocument(templateForm(id, { key: 'k', title: 'Т' })));
      assert.deepEqual(
        problems.filter(({ severity }) => severity === 'error'),
        [],
      );
    });
  }
});

function insert(id: string) {
  const document = blank();
  const command = insertCommand(
    PALETTE.find((item) => item.id === id)!,
    { parent: document.root, index: 0 },
  );
  return perform(startHistory(document), command, { now: 0, stableId: () => 'f_1' }).history;
}
