export type FormValues = Readonly<Record<string, unknown>>;

export type DraftState =
  | { readonly kind: 'clean' }
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: string }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface DraftSaverOptions {
  readonly save: (data: FormValues) => Promise<{ readonly savedAt: string }>;
  readonly onState: (state: DraftState) => void;
  /** `latest` is false when the form has changed again while this was on its way. */
  readonly onSaved: (saved: { readonly data: FormValues; readonly at: string; readonly latest: boolean }) => void;
  /** The connection may be back later; a refusal (the task has ended) is not asked again. */
  readonly mayRetry: (error: unknown) => boolean;
  /** From the last change to its saving; a failed save is tried again after four of them. */
  readonly pauseMs: number;
}

/**
 * Autosave of one form. Saves run one after another and always send the latest values, so an older draft can never
 * overwrite a newer one.
 */
export class DraftSaver {
  readonly #options: DraftSaverOptions;
  #unsent: FormValues | undefined;
  #running: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ended = false;

  constructor(options: DraftSaverOptions) {
    this.#options = options;
  }

  change(data: FormValues): void {
    if (this.#ended) return;
    this.#unsent = data;
    this.#options.onState({ kind: 'unsaved' });
    this.#saveIn(this.#options.pauseMs);
  }

  async saveNow(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.#running !== undefined) await this.#running;
    if (this.#unsent === undefined || this.#ended) return;
    this.#running = this.#send(this.#unsent);
    await this.#running;
  }

  /** The task is done: nothing is saved any more, not even what is still unsent. */
  discard(): void {
    this.#ended = true;
    this.#unsent = undefined;
    clearTimeout(this.#timer);
  }

  async #send(data: FormValues): Promise<void> {
    const { save, onState, onSaved, mayRetry, pauseMs } = this.#options;
    this.#unsent = undefined;
    onState({ kind: 'saving' });
    try {
      const { savedAt: at } = await save(data);
      const latest = this.#unsent === undefined;
      onSaved({ data, at, latest });
      onState(latest ? { kind: 'saved', at } : { kind: 'unsaved' });
    } catch (error) {
      this.#unsent ??= data;
      onState({ kind: 'failed', error });
      if (mayRetry(error) && !this.#ended) this.#saveIn(4 * pauseMs);
    } finally {
      this.#running = undefined;
    }
  }

  #saveIn(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.saveNow(), milliseconds);
  }
}
