import type { FileReference } from '#contract';
import { currentLanguage } from '../texts/i18n.ts';
import { UploadFailed } from '../form-viewer/upload-failed.ts';
import { problemText } from './problem-text.ts';
import { ApiProblem, readProblem } from './api-problem.ts';

export interface Upload {
  readonly userTaskKey: string;
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
 * Sends one file as multipart part `file`. XMLHttpRequest, because fetch tells no progress of what it sends.
 * @throws UploadFailed with a sentence for the person
 */
export function uploadFile({ userTaskKey, path, key, file, onProgress, signal }: Upload): Promise<FileReference> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const refuse = (problem: ApiProblem): void =>
      reject(new UploadFailed(problemText(problem, currentLanguage()), { transient: problem.transient }));
    const body = new FormData();
    body.set('file', file, file.name);
    request.open('POST', `/api/tasks/${encodeURIComponent(userTaskKey)}/files?path=${encodeURIComponent(path)}`);
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', key);
    request.setRequestHeader('accept-language', currentLanguage());
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => refuse(new ApiProblem({ status: 0 }));
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        return resolve(JSON.parse(request.responseText) as FileReference);
      return void readProblem(new Response(request.responseText, { status: request.status })).then(refuse);
    };
    signal.addEventListener('abort', () => request.abort());
    request.send(body);
  });
}

export function fileUrl(file: Pick<FileReference, 'fileKey'>): string {
  return `/api/files/${encodeURIComponent(file.fileKey)}`;
}
