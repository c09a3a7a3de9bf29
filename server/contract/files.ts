import { Type, type Static } from '@sinclair/typebox';
import { Instant, KeyText } from './common.ts';

/** How a file stands in form data and variables: a reference, never its content. */
export const FileReference = Type.Object(
  {
    fileKey: KeyText,
    name: Type.String(),
    mimeType: Type.String(),
    size: Type.Integer(),
    sha256: Type.String(),
  },
  { additionalProperties: false },
);
export type FileReference = Static<typeof FileReference>;

export const FileView = Type.Composite([
  FileReference,
  Type.Object({
    url: Type.String(),
    createdAt: Instant,
    /** Where it came from: an incoming mail, a form field, a rendered document. */
    source: Type.Union([Type.Literal('mail'), Type.Literal('form'), Type.Literal('document')]),
    /** Sender, person or template. */
    by: Type.String(),
  }),
]);
export type FileView = Static<typeof FileView>;
