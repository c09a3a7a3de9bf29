import assert from 'node:assert/strict';
import { InvalidRegister } from './invalid-register.ts';
import { readRegister } from './read-register.ts';
import { partsRegister } from './test/parts-register.ts';

describe('readRegister', () => {
  it('reads the fields as a form does, and what is a register on top', () => {
    const register = readRegister(partsRegister());
    assert.deepEqual(
      register.form.fields.map(({ kind }) => kind),
      ['text', 'text', 'text', 'money', 'boolean'],
    );
    assert.deepEqual([register.keyField, register.indexed], ['article', ['article', 'name', 'model', 'price']]);
    assert.deepEqual(register.display.search, ['article', 'name']);
  });

  it('says what a definition leaves out by what is plain: label and search are the key, columns the first fields', () => {
    const { display } = readRegister(partsRegister({ display: undefined, indexes: undefined }));
    assert.deepEqual(display, {
      label: 'article',
      columns: ['article', 'name', 'model', 'price', 'active'],
      search: ['article'],
    });
  });

  const dates = { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } };
  /* prettier-ignore */
  const refused: readonly (readonly [what: string, changes: Record<string, unknown>, path: string, says: RegExp])[] = [
    ['another kind of file', { $schema: 'form/1' }, '/$schema', /register\/1/],
    ['a key with capitals', { key: 'Parts' }, '/key', /kebab-case/],
    ['the name of a catalog that is there', { key: 'users' }, '/key', /users/],
    ['an unknown word', { rows: [] }, '/rows', /Unknown key/],
    ['a key field that is not there', { keyField: 'code' }, '/keyField', /identifies a row/],
    ['a key field that is an amount', { keyField: 'price' }, '/keyField', /cannot be the key/],
    ['a key field that may be empty', { keyField: 'model' }, '/keyField', /may be empty/],
    ['an index of nothing', { indexes: ['colour'] }, '/indexes', /names of fields/],
    ['uniqueness without an index', { unique: ['active'] }, '/unique', /not indexed/],
    ['a label that is not there', { display: { label: 'title' } }, '/display/label', /must name a field/],
    ['nobody who may read', { access: { write: ['analyst'] } }, '/access/read', /list of roles/],
    ['no word on access', { access: undefined }, '/access', /who may read/],
    ['dates that are no dates', { effective: { from: 'name', to: 'model', within: ['model'] } }, '/effective', /fields of dates/],
    ['files', { data: { type: 'object', required: ['article'], properties: { article: { type: 'string' }, name: { type: 'array', 'x-files': { kind: 'file' } } } }, indexes: [], display: undefined }, '/data/properties/name', /no files/],
    ['a mistake in a field', { data: { type: 'object', properties: { article: { type: 'string', format: 'isbn' }, ...dates } } }, '/data/properties/article/format', /"isbn"/],
  ];
  for (const [what, changes, path, says] of refused) {
    it(`refuses ${what}`, () => {
      assert.throws(
        () => readRegister(partsRegister(changes)),
        (error) =>
          error instanceof InvalidRegister && error.problems.some((one) => one.path === path && says.test(one.message)),
      );
    });
  }
});
