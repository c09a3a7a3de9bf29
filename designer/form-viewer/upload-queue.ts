import type { FileReference, FileRules } from '#engine';
import type { UploadOptions } from './form-context.ts';
import { UploadFailed } from './upload-failed.ts';

/** A file as it waits on the device: what the server is asked for with the same key is stored once, however often it is sent. */
export interface ShelvedFile {
  /** The idempotency key of its upload. */
  readonly key: string;
  readonly file: File;
  readonly takenAt?: string;
}

/** Where files wait that the server has not got yet, so that a reload or an empty battery costs none. */
export interface UploadShelf {
  readonly put: (path: string, file: ShelvedFile) => Promise<void>;
  readonly drop: (key: string) => Promise<void>;
  readonly list: (path: string) => Promise<readonly ShelvedFile[]>;
}

/** A file on its way. It leaves the queue when it has become a reference or is removed. */
export interface QueuedFile extends ShelvedFile {
  /** 0 to 1. */
  readonly progress: number;
  /** Ready to be sent: made smaller, on the shelf. */
  readonly prepared: boolean;
  /** Why it is not going on; undefined while uploading. `final` = trying again cannot help, `waiting` = it tries again by itself. */
  readonly failure?: { readonly message: string; readonly final: boolean; readonly waiting: boolean };
}

export type RefusalReason = 'tooBig' | 'wrongType' | 'tooMany';

interface Connections {
  readonly upload: (file: File, options: UploadOptions) => Promise<FileReference>;
  readonly onUploaded: (file: FileReference) => void;
  /** The sentence for a failure the server did not explain. */
  readonly failedText: string;
  /** What the file becomes before it is sent. */
  readonly prepare?: (file: File) => Promise<Pick<ShelvedFile, 'file' | 'takenAt'>>;
  readonly shelf?: UploadShelf | undefined;
}

/** Tried again after 2, 5 and 15 seconds, then twice a minute; at once when the browser says that the net is back. */
const PAUSES_MS = [2_000, 5_000, 15_000, 30_000];

/** Uploads of one field: two at a time (a phone's uplink), each with progress, retry and cancel. */
export class UploadQueue {
  readonly #path: string;
  readonly #onQueue: (queue: readonly QueuedFile[]) => void;
  readonly #running = new Map<string, AbortController>();
  readonly #tries = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #connections: Connections | undefined;
  #queue: readonly QueuedFile[] = [];
  #stopped = true;

  constructor(path: string, onQueue: (queue: readonly QueuedFile[]) => void) {
    this.#path = path;
    this.#onQueue = onQueue;
  }

  /** What an upload that starts or ends from now on talks to. */
  connect(connections: Connections): void {
    this.#connections = connections;
  }

  /** Goes on with what the last opening of the form left on the shelf. */
  async start(): Promise<void> {
    this.#stopped = false;
    const left = (await this.#connections?.shelf?.list(this.#path).catch(() => [])) ?? [];
    const known = new Set(this.#queue.map(({ key }) => key));
    const found = left.filter(({ key }) => !known.has(key));
    if (found.length > 0)
      this.#set([...this.#queue, ...found.map((entry) => ({ ...entry, progress: 0, prepared: true }))]);
    this.#startNext();
  }

  add(file: File, refusal?: string): void {
    const failure = refusal === undefined ? {} : { failure: { message: refusal, final: true, waiting: false } };
    this.#set([...this.#queue, { key: randomKey(), file, progress: 0, prepared: false, ...failure }]);
    this.#startNext();
  }

  retry(key: string): void {
    this.#tries.delete(key);
    this.#set(this.#queue.map((entry) => (entry.key === key ? withoutFailure(entry) : entry)));
    this.#startNext();
  }

  /** The net is back: whatever waits for it tries now. */
  retryWaiting(): void {
    clearTimeout(this.#timer);
    this.#set(this.#queue.map((entry) => (entry.failure?.waiting ? withoutFailure(entry) : entry)));
    this.#startNext();
  }

  remove(key: string): void {
    this.#running.get(key)?.abort();
    this.#running.delete(key);
    void this.#connections?.shelf?.drop(key).catch(() => undefined);
    this.#set(this.#queue.filter((entry) => entry.key !== key));
    this.#startNext();
  }

  /** Cancels everything; for unmounting. What is on the shelf stays there. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  #startNext(): void {
    if (this.#stopped) return;
    for (const entry of this.#queue) {
      if (this.#running.size >= 2) return;
      if (entry.failure === undefined && !this.#running.has(entry.key)) void this.#run(entry);
    }
  }

  async #run(queued: QueuedFile): Promise<void> {
    const connections = this.#connections;
    if (!connections) throw new Error('Expected connect() before the first file.');
    const { key } = queued;
    const controller = new AbortController();
    const { signal } = controller;
    this.#running.set(key, controller);
    try {
      const entry = queued.prepared ? queued : await this.#prepare(queued, connections);
      if (signal.aborted) return;
      const onProgress = (progress: number): void => {
        if (!signal.aborted) this.#change(key, { progress });
      };
      const uploaded = await connections.upload(entry.file, { path: this.#path, key, onProgress, signal });
      if (signal.aborted) return;
      this.#set(this.#queue.filter((other) => other.key !== key));
      const { takenAt } = entry;
      this.#connections?.onUploaded({ ...uploaded, ...(takenAt !== undefined && { takenAt }) });
      // Only now: had the tab died before the draft knew the reference, the same key would have given it again.
      await connections.shelf?.drop(key).catch(() => undefined);
    } catch (error) {
      if (!signal.aborted) this.#fail(key, error, connections.failedText);
    } finally {
      if (this.#running.get(key) === controller) this.#running.delete(key);
      if (!signal.aborted) this.#startNext();
    }
  }

  async #prepare(entry: QueuedFile, { prepare, shelf }: Connections): Promise<QueuedFile> {
    const ready = { ...entry, ...(await prepare?.(entry.file)), prepared: true };
    const { key, file, takenAt } = ready;
    // A full disk or a private window keeps nothing: the upload goes on, only a reload would lose it.
    await shelf?.put(this.#path, { key, file, ...(takenAt !== undefined && { takenAt }) }).catch(() => undefined);
    this.#change(key, ready);
    return ready;
  }

  #fail(key: string, error: unknown, failedText: string): void {
    const waiting = error instanceof UploadFailed && error.transient;
    const message = error instanceof Error && error.message !== '' ? error.message : failedText;
    this.#change(key, { failure: { message, final: false, waiting } });
    if (!waiting) return;
    const tries = this.#tries.get(key) ?? 0;
    this.#tries.set(key, tries + 1);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.retryWaiting(), PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]);
  }

  #change(key: string, part: Partial<QueuedFile>): void {
    this.#set(this.#queue.map((entry) => (entry.key === key ? { ...entry, ...part } : entry)));
  }

  #set(queue: readonly QueuedFile[]): void {
    this.#queue = queue;
    this.#onQueue(queue);
  }
}

function withoutFailure({ failure: _, ...entry }: QueuedFile): QueuedFile {
  return { ...entry, progress: 0 };
}

/** `crypto.randomUUID` exists on https and localhost only; a pilot often starts on plain http inside the company. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Why a file cannot be attached, known before a byte is sent. A browser that does not know the type (HEIC) gives '': the server decides. */
export function refusalOf(
  file: File,
  rules: FileRules,
  attached: { readonly count: number; readonly limit: number },
): RefusalReason | undefined {
  if (attached.count >= attached.limit) return 'tooMany';
  if (file.type !== '' && !rules.accept.includes(file.type)) return 'wrongType';
  // A photo is made smaller before it is sent; five times the limit is what no camera makes.
  return file.size > rules.maxBytes * (rules.resize ? 5 : 1) ? 'tooBig' : undefined;
}
