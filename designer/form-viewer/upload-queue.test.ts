import assert from 'node:assert/strict';
import type { FileReference } from '#engine';
import type { UploadOptions } from './form-context.ts';
import { UploadFailed } from './upload-failed.ts';
import { UploadQueue, type QueuedFile, type ShelvedFile, type UploadShelf } from './upload-queue.ts';

const photo = (name: string): File => new File(['x'], name, { type: 'image/jpeg' });
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** A shelf in memory; what is on it outlives the queue as IndexedDB outlives the page. */
function shelfInMemory(): UploadShelf & { readonly files: Map<string, ShelvedFile> } {
  const files = new Map<string, ShelvedFile>();
  return {
    files,
    put: async (_path, file) => void files.set(file.key, file),
    drop: async (key) => void files.delete(key),
    list: async () => [...files.values()],
  };
}

async function openQueue(shelf: UploadShelf, upload: (file: File, options: UploadOptions) => Promise<FileReference>) {
  let queue: readonly QueuedFile[] = [];
  const uploaded: FileReference[] = [];
  const uploads = new UploadQueue('/photos', (next) => {
    queue = next;
  });
  uploads.connect({ upload, shelf, onUploaded: (file) => uploaded.push(file), failedText: 'не вышло' });
  await uploads.start();
  return { uploads, uploaded, queue: () => queue };
}

describe('UploadQueue', () => {
  const reference = (file: File): FileReference => ({
    fileKey: file.name,
    name: file.name,
    mimeType: file.type,
    size: 1,
    sha256: '',
  });
  const offline = (): Promise<FileReference> => Promise.reject(new UploadFailed('нет связи', { transient: true }));

  it('waits when the net is gone and goes on, with the same key, when it is back', async () => {
    const shelf = shelfInMemory();
    const keys: string[] = [];
    let connected = false;
    const opened = await openQueue(shelf, async (file, { key }) => {
      keys.push(key);
      return connected ? reference(file) : offline();
    });
    opened.uploads.add(photo('a.jpg'));
    await settled();
    assert.deepEqual(
      opened.queue().map(({ failure }) => failure),
      [{ message: 'нет связи', final: false, waiting: true }],
    );
    assert.equal(shelf.files.size, 1);
    connected = true;
    opened.uploads.retryWaiting();
    await settled();
    assert.equal(opened.uploaded.length, 1);
    assert.deepEqual([opened.queue().length, shelf.files.size, new Set(keys).size, keys.length], [0, 0, 1, 2]);
    opened.uploads.stop();
  });

  it('goes on after a reload with what was not sent, under the key it had', async () => {
    const shelf = shelfInMemory();
    const before = await openQueue(shelf, offline);
    before.uploads.add(photo('a.jpg'));
    before.uploads.add(photo('b.jpg'));
    await settled();
    before.uploads.stop();
    const kept = [...shelf.files.keys()];
    const sent: string[] = [];
    const after = await openQueue(shelf, async (file, { key }) => {
      sent.push(key);
      return reference(file);
    });
    await settled();
    assert.deepEqual(sent, kept);
    assert.deepEqual(
      after.uploaded.map(({ name }) => name),
      ['a.jpg', 'b.jpg'],
    );
    assert.equal(shelf.files.size, 0);
    after.uploads.stop();
  });

  it('does not try again by itself what the server refused', async () => {
    const shelf = shelfInMemory();
    const opened = await openQueue(shelf, () =>
      Promise.reject(new UploadFailed('это не фотография', { transient: false })),
    );
    opened.uploads.add(photo('a.jpg'));
    await settled();
    opened.uploads.retryWaiting();
    await settled();
    assert.deepEqual(
      opened.queue().map(({ failure }) => failure),
      [{ message: 'это не фотография', final: false, waiting: false }],
    );
    opened.uploads.remove(opened.queue()[0]!.key);
    await settled();
    assert.equal(shelf.files.size, 0, 'what the person removed does not come back');
    opened.uploads.stop();
  });

  it('keeps what a photo says of its time beside the reference', async () => {
    const shelf = shelfInMemory();
    const opened = await openQueue(shelf, async (file) => reference(file));
    opened.uploads.connect({
      upload: async (file) => reference(file),
      shelf,
      onUploaded: (file) => opened.uploaded.push(file),
      failedText: '',
      prepare: async (file) => ({ file, takenAt: '2026-11-20T08:15:00' }),
    });
    opened.uploads.add(photo('a.jpg'));
    await settled();
    assert.equal(opened.uploaded[0]!.takenAt, '2026-11-20T08:15:00');
    opened.uploads.stop();
  });

  it('uploads although nothing can be kept: a private window, a full disk', async () => {
    const full = (): Promise<never> => Promise.reject(new Error('QuotaExceededError'));
    const opened = await openQueue({ put: full, drop: full, list: full }, async (file) => reference(file));
    opened.uploads.add(photo('a.jpg'));
    await settled();
    assert.equal(opened.uploaded.length, 1);
    opened.uploads.stop();
  });
});
