/** Names longer than this break downloads on Windows once a folder is added. */
const MAX_LENGTH = 200;

/**
 * A name that is only ever shown and offered for download, never used as a path: no folders (either slash), control
 * characters, bidi overrides («фото‮gpj.exe») or characters Windows refuses; the extension survives the cut.
 */
export function safeFileName(name: string, fallback = 'файл'): string {
  const base = name.split(/[\\/]/u).at(-1) ?? '';
  const clean = base
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Surrogate}]|[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '')
    .replace(/[<>:"|?*]/gu, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  if (clean === '') return fallback;
  if (clean.length <= MAX_LENGTH) return clean;
  const extension = /\.[\p{L}\p{N}]{1,10}$/u.exec(clean)?.[0] ?? '';
  return clean.slice(0, MAX_LENGTH - extension.length).replace(/\p{Surrogate}$/u, '') + extension;
}
