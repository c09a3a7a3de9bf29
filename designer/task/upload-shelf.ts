import type { ShelvedFile, UploadShelf } from '../form-viewer/upload-queue.ts';

/**
 * Files that wait for the net, kept in IndexedDB: localStorage holds no bytes, and a photo taken in a cellar must survive a reload.
 * Each is kept until the server has it or the person removed it, a week at most.
 */
const DATABASE = 'reglament-uploads';
const STORE = 'file';
const PLACE = 'place';
const KEEP_MS = 7 * 24 * 60 * 60_000;

interface ShelfRow extends ShelvedFile {
  /** Task and field. */
  readonly place: string;
  readonly addedAt: number;
}

export function createUploadShelf(userTaskKey: string): UploadShelf {
  const placeOf = (path: string): string => `${userTaskKey} ${path}`;
  return {
    put: async (path, file) => {
      const row: ShelfRow = { ...file, place: placeOf(path), addedAt: Date.now() };
      await inStore('readwrite', (store) => store.put(row));
    },
    drop: async (key) => {
      await inStore('readwrite', (store) => store.delete(key));
    },
    list: async (path) => {
      const rows = (await inStore('readonly', (store) =>
        store.index(PLACE).getAll(placeOf(path)),
      )) as readonly ShelfRow[];
      await drop(rows.filter(isOld));
      return rows
        .filter((row) => !isOld(row))
        .sort((left, right) => left.addedAt - right.addedAt)
        .map(({ key, file, takenAt }) => ({ key, file, ...(takenAt !== undefined && { takenAt }) }));
    },
  };
}

/** What still waits for one task or submission: it was sent, or is thrown away. */
export async function forgetUploadsOf(userTaskKey: string): Promise<void> {
  await inStore('readonly', (store) =>
    store.index(PLACE).getAll(IDBKeyRange.bound(`${userTaskKey} `, `${userTaskKey} \uffff`)),
  )
    .then((rows) => drop(rows as readonly ShelfRow[]))
    .catch(() => undefined);
}

/** What nobody has come back for within the time it is kept. */
export async function forgetOldUploads(): Promise<void> {
  await inStore('readonly', (store) => store.getAll())
    .then((rows) => drop((rows as readonly ShelfRow[]).filter(isOld)))
    .catch(() => undefined);
}

function isOld({ addedAt }: ShelfRow): boolean {
  return addedAt <= Date.now() - KEEP_MS;
}

async function drop(rows: readonly ShelfRow[]): Promise<void> {
  for (const { key } of rows) await inStore('readwrite', (store) => store.delete(key));
}

/** On signing out: the next person at this device must not send what the last one photographed. */
export async function forgetUploads(): Promise<void> {
  await inStore('readwrite', (store) => store.clear()).catch(() => undefined);
}

async function inStore<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await openDatabase();
  try {
    return await settled(act(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function openDatabase(): Promise<IDBDatabase> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => {
    opening.result.createObjectStore(STORE, { keyPath: 'key' }).createIndex(PLACE, PLACE);
  };
  return settled(opening);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () =>
      reject(request.error ?? new Error('Expected IndexedDB to answer, but it failed without a reason.'));
  });
}
