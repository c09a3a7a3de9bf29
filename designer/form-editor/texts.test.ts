import assert from 'node:assert/strict';
import { formEditorTexts, PARTS } from './texts.ts';

describe('the texts of the form designer', () => {
  it('have every key in one part only', () => {
    const keys = PARTS.flatMap(({ ru }) => Object.keys(ru));
    assert.deepEqual(
      keys.filter((key, at) => keys.indexOf(key) !== at),
      [],
    );
    assert.deepEqual(keys.sort(), Object.keys(formEditorTexts.ru).sort());
  });

  it('have the same placeholders in both languages', () => {
    for (const { ru, en } of PARTS)
      for (const [key, text] of Object.entries(ru))
        assert.deepEqual(placeholders(text), placeholders((en as Record<string, string>)[key]!), key);
  });
});

function placeholders(text: string): readonly string[] {
  return [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();
}
