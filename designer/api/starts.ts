import type { CaseProgress, FileReference, StartFormView, StartReceipt, SubmitStart } from '#contract';
import { queryOptions } from '@tanstack/react-query';
import { uploadFile, type Upload } from './files.ts';
import { request } from './request.ts';
import { write } from './write.ts';

/** Where forms that start cases are: open to anyone, or in the portal of contractors. */
export type StartDoor = 'public' | 'portal';

export interface StartPlace {
  readonly door: StartDoor;
  readonly startKey: string;
  /** Which of several a contractor files it for. */
  readonly organisation?: string | undefined;
}

export const startFormQuery = ({ door, startKey }: StartPlace) =>
  queryOptions({
    queryKey: ['start-form', door, startKey],
    // The form that is being filled must not change under the fingers; the server judges what comes.
    staleTime: Infinity,
    queryFn: ({ signal }) => request<StartFormView>(pathOf({ door, startKey }), { signal }),
  });

/** Sent again with the same `submission` it is the same case, whatever became of the first answer. */
export function submitStart(place: StartPlace, submission: SubmitStart): Promise<StartReceipt> {
  const { organisation } = place;
  const body = { ...submission, ...(organisation !== undefined && { organisation }) };
  return write<StartReceipt>({ method: 'POST', path: pathOf(place), body });
}

export function uploadToStart(
  place: StartPlace,
  submission: string,
  upload: Omit<Upload, 'form' | 'headers' | 'partsAtForm'>,
): Promise<FileReference> {
  return uploadFile({
    ...upload,
    form: pathOf(place),
    headers: { 'submission-key': submission },
    partsAtForm: place.door === 'public',
  });
}

const REFRESH_MS = 60_000;

export const progressQuery = (token: string) =>
  queryOptions({
    queryKey: ['case-progress', token],
    refetchInterval: REFRESH_MS,
    queryFn: ({ signal }) =>
      request<CaseProgress>('/api/public/case-state', { method: 'POST', body: { token }, signal }),
  });

function pathOf({ door, startKey }: Pick<StartPlace, 'door' | 'startKey'>): string {
  return `/api/${door}/starts/${encodeURIComponent(startKey)}`;
}
