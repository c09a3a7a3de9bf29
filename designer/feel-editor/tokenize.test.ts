import assert from 'node:assert/strict';
import { findBracket } from './find-bracket.ts';
import { tokenize } from './tokenize.ts';

function told(text: string): string[] {
  return tokenize(text).map(({ kind, from, to }) => `${kind} ${text.slice(from, to)}`);
}

/** The pair at `|`, as it stands in the text. */
function pair(marked: string): string | null {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = findBracket(text, tokenize(text), cursor);
  if (found === null) return null;
  return found.close === null ? `alone at ${found.open.from}` : text.slice(found.open.from, found.close.to);
}

describe('tokenize', () => {
  it('tells functions, also of several words, from variables of the same name', () => {
    assert.deepEqual(told('date and time (x) and date > 5'), [
      'function date and time',
      'open (',
      'name x',
      'close )',
      'keyword and',
      'name date',
      'operator >',
      'number 5',
    ]);
  });

  it('reads Russian names, backticks, properties, texts, dates and comments', () => {
    assert.deepEqual(told('акт.сумма + `a-b` != "x\\"y" // тут\n@"2026-11-28" /* и */ null'), [
      'name акт',
      'operator .',
      'member сумма',
      'operator +',
      'name `a-b`',
      'operator !=',
      'text "x\\"y"',
      'comment // тут',
      'temporal @"2026-11-28"',
      'comment /* и */',
      'constant null',
    ]);
  });

  it('never fails, whatever is not finished', () => {
    assert.deepEqual(told('"abc'), ['text "abc']);
    assert.deepEqual(told('`abc'), ['name `abc']);
    assert.deepEqual(told('/* abc'), ['comment /* abc']);
    assert.deepEqual(told('§ 1..3'), ['number 1', 'operator ..', 'number 3']);
  });
});

describe('findBracket', () => {
  it('finds the other half of the bracket at the cursor', () => {
    assert.equal(pair('f(a, |[1, (2)], 3)'), '[1, (2)]');
    assert.equal(pair('f(a, [1, (2)], 3)|'), '(a, [1, (2)], 3)');
    assert.equal(pair('f(")"|)'), '(")")');
    assert.equal(pair('a |+ b'), null);
  });

  it('tells a bracket that stands alone', () => {
    assert.equal(pair('f|(a'), 'alone at 1');
    assert.equal(pair('a)|'), 'alone at 1');
  });
});
