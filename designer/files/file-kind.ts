/** What a browser can do with a file, by its recognised MIME type. Photos from phones (heic) are no pictures to Chromium. */
export type FileKind = 'picture' | 'pdf' | 'video' | 'other';

const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/avif', 'image/bmp']);

export function fileKind(mimeType: string): FileKind {
  if (PICTURES.has(mimeType)) return 'picture';
  if (mimeType === 'application/pdf') return 'pdf';
  return mimeType === 'video/mp4' || mimeType === 'video/webm' ? 'video' : 'other';
}

/** «PDF», «DOCX»: what people call the type; from the name, else from the MIME type. */
export function fileExtension(name: string, mimeType: string): string {
  const fromName = /\.([\p{L}\d]{1,5})$/u.exec(name)?.[1];
  return (fromName ?? mimeType.split(/[/+.-]/).at(-1) ?? '').slice(0, 5).toUpperCase();
}
