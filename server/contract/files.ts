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

/** A file that arrives in parts. */
export const UploadProgress = Type.Object({
  /** Bytes that are here: the next part goes on from there. */
  received: Type.Integer(),
});
export type UploadProgress = Static<typeof UploadProgress>;

/** A file that has arrived in parts, for a field of a form. */
export const TakeUpload = Type.Object(
  {
    /** As it was called while it arrived. */
    uploadKey: Type.String({ pattern: '^[0-9A-Za-z-]{16,64}$' }),
    name: Type.String({ maxLength: 255 }),
    mimeType: Type.String({ maxLength: 200 }),
  },
  { additionalProperties: false },
);
export type TakeUpload = Static<typeof TakeUpload>;

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
