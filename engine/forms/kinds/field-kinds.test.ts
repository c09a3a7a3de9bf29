import assert from 'node:assert/strict';
import { readForm } from '../read-form.ts';
import { FORM_LANGUAGES } from '../form-definition.ts';
import { formOf } from '../test/form-fixture.ts';
import { COMMON_KEYWORDS, FIELD_KINDS, KIND_OF_FORMAT } from './field-kinds.ts';

describe('the kinds of field', () => {
  for (const { kind, widgets, fragment, type, format, keywords, fault, words } of FIELD_KINDS) {
    it(`${kind}: the fragment a new field starts with is a field of this kind`, () => {
      const form = readForm(formOf({ a: fragment }));
      assert.equal(form.fields[0]!.kind, kind);
      assert.equal(form.fields[0]!.widget, widgets[0]);
      assert.deepEqual([fragment['type'], fragment['format']], [type, format]);
      for (const keyword of Object.keys(fragment).filter((name) => name !== 'type' && name !== 'format'))
        assert.ok(keyword in keywords || keyword in COMMON_KEYWORDS, `${keyword} is not among the keywords of ${kind}`);
    });
    it(`${kind}: what it judges it can say in both languages`, () => {
      if (fault) for (const language of FORM_LANGUAGES) assert.ok(words?.[language].format, `no words in ${language}`);
    });
    it(`${kind}: each of its widgets can be asked for`, () => {
      for (const widget of widgets) {
        const layout = { type: 'Control', scope: '#/properties/a', options: { widget } };
        assert.equal(readForm(formOf({ a: fragment }, { layout })).fields[0]!.widget, widget);
      }
    });
  }

  it('no format means two kinds', () => {
    assert.equal(KIND_OF_FORMAT.size, FIELD_KINDS.filter(({ format }) => format !== undefined).length);
  });
});
