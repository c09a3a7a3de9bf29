import assert from 'node:assert/strict';
import { freeName, isFieldName, nameFromLabel } from './field-name.ts';

describe('names of fields', () => {
  it('are what the engine takes: no word of FEEL, nothing that every object has', () => {
    const names = ['serial', 'серия', 'if', 'valueOf', 'constructor', '1st', 'a-b'];
    assert.deepEqual(names.map(isFieldName), [true, true, false, false, false, false, false]);
  });

  it('come from the label, with a number where that is taken or means something else', () => {
    assert.equal(nameFromLabel('Серийный номер'), 'seriynyyNomer');
    assert.equal(freeName('serial', new Set(['serial', 'serial2'])), 'serial3');
    assert.equal(freeName('if', new Set()), 'if2');
  });
});
