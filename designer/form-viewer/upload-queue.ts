import type { FileReference, FileRules } from '#engine';
import type { UploadOptions } from './form-context.ts';

/** A file on its way. It leaves the queue when it has become a reference or is removed. */
export interface QueuedFile {
  readonly id: number;
  readonly file: File;
  /** 0 to 1. */
  readonly progress: number;
  /** Why it is not going on; undefined while uploading. `final` = trying again cannot help. */
  readonly failure?: { readonly message: string; readonly final: boolean };
}

export type RefusalReason = 'tooBig' | 'wrongType' | 'tooMany';

interface Connections {
  readonly upload: (file: File, options: UploadOptions) => Promise<FileReference>;
  readonly onUploaded: (file: FileReference) => void;
  /** The sentence for a failure the server did not explain. */
  readonly failedText: string;
}

/** Uploads of one field: two at a time (a phone's uplink), each with progress, retry and cancel. */
export class UploadQueue {
  readonly #path: string;
  readonly #onQueue: (queue: readonly QueuedFile[]) => void;
  readonly #running = new Map<number, AbortController>();
  #connections: Connections | undefined;
  #queue: readonly QueuedFile[] = [];
  #nextId = 1;

  constructor(path: string, onQueue: (queue: readonly QueuedFile[]) => void) {
    this.#path = path;
    this.#onQueue = onQueue;
  }

  /** What an upload that starts or ends from now on talks to. */
  connect(connections: Connections): void {
    this.#connections = connections;
  }

  add(file: File, refusal?: string): void {
    const entry = {
      id: this.#nextId,
      file,
      progress: 0,
      ...(refusal !== undefined && { failure: { message: refusal, final: true } }),
    };
    this.#nextId += 1;
    this.#set([...this.#queue, entry]);
    this.#startNext();
  }

  retry(id: number): void {
    this.#set(this.#queue.map((entry) => (entry.id === id ? { id, file: entry.file, progress: 0 } : entry)));
    this.#startNext();
  }

  remove(id: number): void {
    this.#running.get(id)?.abort();
    this.#running.delete(id);
    this.#set(this.#queue.filter((entry) => entry.id !== id));
    this.#startNext();
  }

  /** Cancels everything; for unmounting. */
  stop(): void {
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
  }

  #startNext(): void {
    for (const entry of this.#queue) {
      if (this.#running.size >= 2) return;
      if (entry.failure === undefined && !this.#running.has(entry.id)) void this.#run(entry);
    }
  }

  async #run({ id, file }: QueuedFile): Promise<void> {
    const connections = this.#connections;
    if (!connections) throw new Error('Expected connect() before the first file.');
    const controller = new AbortController();
    this.#running.set(id, controller);
    const onProgress = (progress: number): void =>
      this.#set(this.#queue.map((entry) => (entry.id === id ? { ...entry, progress } : entry)));
    try {
      const uploaded = await connections.upload(file, {
        path: this.#path,
        onProgress,
        signal: controller.signal,
      });
      if (controller.signal.aborted) return;
      this.#set(this.#queue.filter((entry) => entry.id !== id));
      this.#connections?.onUploaded(uploaded);
    } catch (error) {
      if (controller.signal.aborted) return;
      const message = error instanceof Error && error.message !== '' ? error.message : connections.failedText;
      this.#set(
        this.#queue.map((entry) => (entry.id === id ? { ...entry, failure: { message, final: false } } : entry)),
      );
    } finally {
      this.#running.delete(id);
      if (!controller.signal.aborted) this.#startNext();
    }
  }

  #set(queue: readonly QueuedFile[]): void {
    this.#queue = queue;
    this.#onQueue(queue);
  }
}

/** Why a file cannot be attached, known before a byte is sent. A browser that does not know the type (HEIC) gives '': the server decides. */
export function refusalOf(
  file: File,
  rules: FileRules,
  attached: { readonly count: number; readonly limit: number },
): RefusalReason | undefined {
  if (attached.count >= attached.limit) return 'tooMany';
  if (file.type !== '' && !rules.accept.includes(file.type)) return 'wrongType';
  return file.size > rules.maxBytes ? 'tooBig' : undefined;
}
