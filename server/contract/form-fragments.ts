import { Type, type Static } from '@sinclair/typebox';
import { Instant, Items } from './common.ts';

const Json = Type.Record(Type.String(), Type.Unknown());

/** A piece of a form, `form-fragment/1`: layout, fields, texts, as a file `*.fragment.json` holds it too. */
export const FormFragmentContent = Type.Object(
  {
    $schema: Type.Literal('form-fragment/1'),
    layout: Type.Array(Json, { minItems: 1, maxItems: 300 }),
    properties: Type.Record(Type.String(), Json),
    required: Type.Array(Type.String()),
    i18n: Type.Record(Type.String(), Type.Record(Type.String(), Type.String())),
  },
  { additionalProperties: false },
);

export type FormFragmentContent = Static<typeof FormFragmentContent>;

export const FragmentId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$' });

export const FormFragmentView = Type.Object({
  fragmentId: Type.String(),
  title: Type.String(),
  content: FormFragmentContent,
  savedAt: Instant,
  /** Null: it came with a pack. */
  savedByName: Type.Union([Type.String(), Type.Null()]),
});
export type FormFragmentView = Static<typeof FormFragmentView>;

/** By title. */
export const FormFragmentList = Items(FormFragmentView);
export type FormFragmentList = Static<typeof FormFragmentList>;

export const SaveFormFragment = Type.Object(
  { title: Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' }), content: FormFragmentContent },
  { additionalProperties: false },
);
export type SaveFormFragment = Static<typeof SaveFormFragment>;
