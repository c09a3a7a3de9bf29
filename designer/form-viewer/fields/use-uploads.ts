import type { JsonValue } from '#engine';
import { useEffect, useState } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { preparePhoto } from '../photo/prepare-photo.ts';
import { UploadQueue, type QueuedFile } from '../upload-queue.ts';

/** The queue of this field. While something is on its way, or stuck, the form cannot be submitted and says why. */
export function useUploads({
  field,
  label,
  change,
  current,
  block,
}: Pick<FieldBinding, 'field' | 'label' | 'change' | 'current' | 'block'>) {
  const { upload, uploadShelf } = useForm();
  const text = useViewerText();
  const [waiting, setWaiting] = useState<readonly QueuedFile[]>([]);
  const [queue] = useState(() => new UploadQueue(field.path, setWaiting));
  const resize = field.files?.resize;
  useEffect(() => {
    queue.connect({
      upload,
      // The shelf knows fields, not rows: what waits for a cell waits in memory.
      shelf: field.column ? undefined : uploadShelf,
      // Read from the store, not from this drawing: two uploads may end between two drawings.
      onUploaded: (file) => {
        const value = current();
        const files = Array.isArray(value) ? (value as readonly Record<string, JsonValue>[]) : [];
        if (!files.some(({ fileKey }) => fileKey === file.fileKey)) change(field, [...files, { ...file }]);
      },
      failedText: text('uploadFailed'),
      ...(resize && { prepare: (file) => preparePhoto(file, resize) }),
    });
  });
  useEffect(() => {
    const goOn = (): void => queue.retryWaiting();
    void queue.start();
    window.addEventListener('online', goOn);
    return () => {
      window.removeEventListener('online', goOn);
      queue.stop();
    };
  }, [queue]);
  const underWay = waiting.some((entry) => !entry.failure || entry.failure.waiting);
  const stuck = waiting.some((entry) => entry.failure && !entry.failure.final && !entry.failure.waiting);
  const reason = underWay ? text('uploadPending', { label }) : stuck ? text('uploadUnfinished', { label }) : undefined;
  useEffect(() => {
    block(reason);
    return () => block(undefined);
  }, [block, reason]);
  return { queue, waiting };
}
