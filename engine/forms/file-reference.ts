import type { FileKind, FileRules } from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord, optionalInteger, optionalNumber } from './json-checks.ts';

/** An uploaded file as form data and process variables hold it. The bytes live in the file store under `fileKey`. */
export interface FileReference {
  readonly fileKey: string;
  readonly name: string;
  readonly mimeType: string;
  /** Bytes. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** When a photo was taken by the clock of its camera, `2026-11-28T14:30:00`: read from the file before it was made smaller. */
  readonly takenAt?: string;
}

export const MAX_FILES = 100;
/** A photo may not be made so small that a number plate can no longer be read on it. */
export const MIN_SIDE = 320;
export const MAX_SIDE = 12_000;
/** A page of A4 at 200 dpi; a phone's 12 megapixels become a third of a megabyte. */
const USUAL_RESIZE = { maxSide: 2560, quality: 0.85 };

const MEGABYTE = 1024 * 1024;
const PHOTOS = ['image/jpeg', 'image/png', 'image/webp', 'image/heic'];
const DOCUMENTS = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'text/plain',
];

/** Sizes and types of `domain.md` §2.0. SVG and HTML are in no list: they can carry scripts. */
const DEFAULTS: { readonly [K in FileKind]: Omit<FileRules, 'kind'> } = {
  file: { accept: [...PHOTOS, ...DOCUMENTS], maxBytes: 20 * MEGABYTE },
  photo: { accept: PHOTOS, maxBytes: 20 * MEGABYTE },
  video: { accept: ['video/mp4', 'video/quicktime'], maxBytes: 200 * MEGABYTE },
  signature: { accept: ['image/png'], maxBytes: 2 * MEGABYTE },
};

const MEMBERS: { readonly [K in FileKind]: readonly string[] } = {
  file: ['kind', 'accept', 'maxBytes'],
  photo: ['kind', 'accept', 'maxBytes', 'maxSide', 'quality'],
  video: ['kind', 'accept', 'maxBytes'],
  signature: ['kind', 'maxBytes'],
};

/** Reads `x-files`; problems are added and the defaults of its kind stand in for what is wrong. */
export function fileRulesOf(json: unknown, path: string, problems: ProblemList): FileRules {
  const kind = isRecord(json) ? json['kind'] : undefined;
  if (!isRecord(json) || (kind !== 'file' && kind !== 'photo' && kind !== 'video' && kind !== 'signature')) {
    problems.add(
      path,
      `x-files kind ${JSON.stringify(kind)} is not supported`,
      'Write {"kind": "file"}, "photo", "video" or "signature".',
    );
    return { kind: 'file', ...DEFAULTS.file };
  }
  for (const keyword of Object.keys(json)) {
    if (!MEMBERS[kind].includes(keyword))
      problems.add(
        `${path}/${keyword}`,
        `"${keyword}" is not supported in x-files of kind "${kind}"`,
        `x-files takes ${MEMBERS[kind].join(', ')} there.`,
      );
  }
  const { accept } = json;
  const good =
    Array.isArray(accept) &&
    accept.length > 0 &&
    accept.every((type) => typeof type === 'string' && /^[\w.+-]+\/[\w.+-]+$/.test(type));
  if (accept !== undefined && !good)
    problems.add(
      `${path}/accept`,
      'accept must list MIME types',
      'Write for example ["image/jpeg", "application/pdf"]; wildcards are not accepted.',
    );
  return {
    kind,
    accept: good ? (accept as string[]) : DEFAULTS[kind].accept,
    maxBytes:
      optionalInteger(json['maxBytes'], `${path}/maxBytes`, problems, { from: 1, to: 1024 * MEGABYTE }) ??
      DEFAULTS[kind].maxBytes,
    ...(kind === 'photo' && { resize: readResize(json, path, problems) }),
  };
}

function readResize(
  json: Readonly<Record<string, unknown>>,
  path: string,
  problems: ProblemList,
): NonNullable<FileRules['resize']> {
  const maxSide = optionalInteger(json['maxSide'], `${path}/maxSide`, problems, { from: MIN_SIDE, to: MAX_SIDE });
  const quality = optionalNumber(json['quality'], `${path}/quality`, problems);
  if (quality !== undefined && (quality < 0.1 || quality > 1))
    problems.add(`${path}/quality`, 'quality must be 0.1 to 1', 'Write for example 0.85.');
  return { maxSide: maxSide ?? USUAL_RESIZE.maxSide, quality: quality ?? USUAL_RESIZE.quality };
}

const TAKEN_AT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/;

/** A copy with the known keys, or undefined when the value is not a file reference at all. */
export function fileReferenceOf(value: unknown): FileReference | undefined {
  if (!isRecord(value)) return undefined;
  const { fileKey, name, mimeType, size, sha256 } = value;
  if (typeof fileKey !== 'string' || !/^[\w-]{1,64}$/.test(fileKey)) return undefined;
  if (typeof name !== 'string' || name === '' || name.length > 255) return undefined;
  if (typeof mimeType !== 'string' || mimeType.length > 127) return undefined;
  if (!Number.isSafeInteger(size) || (size as number) < 0) return undefined;
  if (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)) return undefined;
  const { takenAt } = value;
  const taken = typeof takenAt === 'string' && TAKEN_AT.test(takenAt) ? { takenAt } : {};
  return { fileKey, name, mimeType, size: size as number, sha256, ...taken };
}

/** The same shape for the validator. Lengths and patterns are those of `fileReferenceOf`. */
export const FORM_FILE_SCHEMA = {
  type: 'object',
  required: ['fileKey', 'name', 'mimeType', 'size', 'sha256'],
  additionalProperties: false,
  properties: {
    fileKey: { type: 'string', pattern: '^[\\w-]{1,64}$' },
    name: { type: 'string', minLength: 1, maxLength: 255 },
    mimeType: { type: 'string', maxLength: 127 },
    size: { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' },
    takenAt: { type: 'string', maxLength: 19 },
  },
} as const;
