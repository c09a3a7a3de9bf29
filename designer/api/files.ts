import type { FileReference, TakeUpload, UploadProgress } from '#contract';
import { currentLanguage } from '../texts/i18n.ts';
import { UploadFailed } from '../form-viewer/upload-failed.ts';
import { problemText } from './problem-text.ts';
import { ApiProblem, readProblem } from './api-problem.ts';
import { PART_BYTES, sendInParts } from './send-in-parts.ts';

export interface Upload {
  /** Address of the form: of a task, or of a form that starts a case. */
  readonly form: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without an account the parts wait at the form, for its submission; with one they wait for the person. */
  readonly partsAtForm?: boolean;
  /** JSON pointer of the form field: what may be stored there is decided by the form. */
  readonly path: string;
  /** Idempotency key: sent again after a lost answer, the file is stored once. */
  readonly key: string;
  readonly file: File;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
  readonly signal: AbortSignal;
}

/**
 * Sends one file to a field of a form: small ones whole, large ones in parts, which go on where a broken connection left them.
 * @throws UploadFailed with a sentence for the person
 */
export async function uploadFile(upload: Upload): Promise<FileReference> {
  try {
    return await (upload.file.size > PART_BYTES ? uploadLarge(upload) : uploadWhole(upload));
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    throw new UploadFailed(problemText(error, currentLanguage()), {
      transient: error.transient || error.code === 'conflict',
    });
  }
}

function uploadWhole({ file, key, headers, onProgress, signal, ...place }: Upload): Promise<FileReference> {
  const body = new FormData();
  body.set('file', file, file.name);
  return send<FileReference>({ method: 'POST', url: placeUrl('files', place), headers, body, key, onProgress, signal });
}

async function uploadLarge({
  file,
  key,
  headers,
  onProgress,
  signal,
  partsAtForm,
  ...place
}: Upload): Promise<FileReference> {
  const parts = (more: Readonly<Record<string, string>> = {}): string => {
    const query = new URLSearchParams({ ...(partsAtForm === true && { path: place.path }), ...more }).toString();
    const address = partsAtForm === true ? `${place.form}/uploads/${key}` : `/api/uploads/${key}`;
    return query === '' ? address : `${address}?${query}`;
  };
  const offsetOf = ({ received }: UploadProgress): number => received;
  await sendInParts(file, {
    received: async () => offsetOf(await send({ method: 'GET', url: parts(), headers, signal })),
    sendPart: async (offset, part) => {
      const progress = (share: number): void => onProgress((offset + share * part.size) / file.size);
      const url = parts({ offset: String(offset) });
      return offsetOf(await send({ method: 'PATCH', url, headers, body: part, onProgress: progress, signal }));
    },
  });
  const taken = { uploadKey: key, name: file.name, mimeType: file.type } satisfies TakeUpload;
  const body = new Blob([JSON.stringify(taken)], { type: 'application/json' });
  const url = placeUrl('uploads', place);
  const reference = await send<FileReference>({ method: 'POST', url, headers, body, key, signal });
  // The field has it; what stays behind is swept away.
  await send({ method: 'DELETE', url: parts(), headers, signal }).catch(() => undefined);
  return reference;
}

function placeUrl(door: 'files' | 'uploads', { form, path }: Pick<Upload, 'form' | 'path'>): string {
  return `${form}/${door}?path=${encodeURIComponent(path)}`;
}

interface Sending {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly body?: FormData | Blob;
  readonly key?: string;
  readonly onProgress?: (share: number) => void;
  readonly signal: AbortSignal;
}

/** XMLHttpRequest, because fetch tells no progress of what it sends. @throws ApiProblem */
function send<Answer>({ method, url, headers = {}, body, key, onProgress, signal }: Sending): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', currentLanguage());
    if (key !== undefined) request.setRequestHeader('idempotency-key', key);
    // A slice of a file has no type of its own.
    if (body instanceof Blob) request.setRequestHeader('content-type', body.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiProblem({ status: 0 }));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve((request.responseText === '' ? undefined : JSON.parse(request.responseText)) as Answer);
      return void readProblem(new Response(request.responseText, { status: request.status })).then(reject);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

export function fileUrl(file: Pick<FileReference, 'fileKey'>): string {
  return `/api/files/${encodeURIComponent(file.fileKey)}`;
}
