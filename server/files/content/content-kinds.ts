/** The kinds of files a case may hold; everything else is refused. HTML and SVG never are kinds: they carry scripts. */
export type ContentKind = 'jpeg' | 'png' | 'webp' | 'heic' | 'pdf' | 'xlsx' | 'docx' | 'mp4' | 'mov' | 'csv' | 'text';

export type ContentGroup = 'image' | 'video' | 'document';

type KindFacts = {
  readonly group: ContentGroup;
  /** The type stored and sent on download. */
  readonly mimeType: string;
  /** What file-type 21 answers for this content. */
  readonly detected: readonly string[];
  /** Declared types that mean this kind. */
  readonly declared: readonly string[];
  /** The first one is appended where a name has none. */
  readonly extensions: readonly string[];
};

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export const contentKinds: Readonly<Record<ContentKind, KindFacts>> = {
  jpeg: {
    group: 'image',
    mimeType: 'image/jpeg',
    detected: ['image/jpeg'],
    declared: ['image/jpeg', 'image/jpg', 'image/pjpeg'],
    extensions: ['jpg', 'jpeg', 'jpe', 'jfif'],
  },
  png: {
    group: 'image',
    mimeType: 'image/png',
    detected: ['image/png'],
    declared: ['image/png', 'image/x-png'],
    extensions: ['png'],
  },
  webp: {
    group: 'image',
    mimeType: 'image/webp',
    detected: ['image/webp'],
    declared: ['image/webp'],
    extensions: ['webp'],
  },
  heic: {
    group: 'image',
    mimeType: 'image/heic',
    detected: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
    declared: ['image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence'],
    extensions: ['heic', 'heif'],
  },
  pdf: {
    group: 'document',
    mimeType: 'application/pdf',
    detected: ['application/pdf'],
    declared: ['application/pdf', 'application/x-pdf'],
    extensions: ['pdf'],
  },
  xlsx: { group: 'document', mimeType: XLSX, detected: [XLSX], declared: [XLSX], extensions: ['xlsx'] },
  docx: { group: 'document', mimeType: DOCX, detected: [DOCX], declared: [DOCX], extensions: ['docx'] },
  // A telephone writes one container as .mp4 and .mov alike, so each kind takes the names of both.
  mp4: {
    group: 'video',
    mimeType: 'video/mp4',
    detected: ['video/mp4', 'video/x-m4v'],
    declared: ['video/mp4', 'video/x-m4v', 'video/quicktime'],
    extensions: ['mp4', 'm4v', 'mov'],
  },
  mov: {
    group: 'video',
    mimeType: 'video/quicktime',
    detected: ['video/quicktime'],
    declared: ['video/quicktime', 'video/mp4'],
    extensions: ['mov', 'qt', 'mp4'],
  },
  csv: {
    group: 'document',
    mimeType: 'text/csv; charset=utf-8',
    detected: [],
    declared: ['text/csv', 'text/plain', 'application/csv', 'application/vnd.ms-excel'],
    extensions: ['csv'],
  },
  text: {
    group: 'document',
    mimeType: 'text/plain; charset=utf-8',
    detected: [],
    declared: ['text/plain'],
    extensions: ['txt', 'log', 'text'],
  },
};
