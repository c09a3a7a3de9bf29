import assert from 'node:assert/strict';
import { COMMON_KEYWORDS, FIELD_KINDS, type KeywordShape } from '#engine';
import { formEditorTexts } from '../texts.ts';

/** Rules have sentences of their own; nobody is shown the stable id or the JSON type. */
const UNSAID = /^(?:x-id|type|x-(?:visible|required|readonly|value|options))$/;

describe('the inspector', () => {
  it('has words for everything that a kind of field, or a change between two versions, may speak of', () => {
    const kinds = Object.values(FIELD_KINDS).map(({ keywords }) => keywords);
    const names = new Set([COMMON_KEYWORDS, ...kinds].flatMap(namesIn));
    const nameless = [...names].filter(
      (name) => !UNSAID.test(name) && !(`kw_${name.replace('x-', 'x')}` in formEditorTexts.ru),
    );
    assert.deepEqual(nameless, []);
  });
});

function namesIn(keywords: Readonly<Record<string, KeywordShape>>): string[] {
  return Object.entries(keywords).flatMap(([name, shape]) => [
    name,
    ...(shape.value === 'object' ? namesIn(shape.members) : []),
  ]);
}
