import type { FormDesign, FormDraftSaved, SaveFormDraft } from '#contract';
import { ApiProblem } from '../api/api-problem.ts';
import { DraftSaver, type DraftState } from '../task/draft-saver.ts';
import type { JsonObject } from './document/form-document.ts';
import { readDocument } from './document/read-document.ts';
import { writeDocument } from './document/write-document.ts';
import { EditorStore, randomStableId } from './editor-store.ts';

export interface FormSessionOptions {
  readonly design: FormDesign;
  readonly read: () => Promise<FormDesign>;
  readonly save: (body: SaveFormDraft) => Promise<FormDraftSaved>;
  /** From the last change to its saving: long enough to finish a word. */
  readonly pauseMs?: number;
}

/**
 * A form opened for drawing and its way to the server: every change is saved by itself, in order, against the revision it was made from,
 * so that two people never overwrite each other unseen.
 */
export class FormSession {
  readonly store: EditorStore;
  readonly #options: FormSessionOptions;
  readonly #saver: DraftSaver;
  readonly #listeners = new Set<() => void>();
  #revision: number;
  #state: DraftState;

  /** @throws NotAForm when the definition cannot be shown */
  constructor(options: FormSessionOptions) {
    const { design, pauseMs = 1_500 } = options;
    this.#options = options;
    this.#revision = design.revision;
    this.#state = design.savedAt === null ? { kind: 'clean' } : { kind: 'saved', at: design.savedAt };
    this.store = new EditorStore({
      document: readDocument(design.definition),
      sample: design.sample as JsonObject,
      now: () => Date.now(),
      stableId: randomStableId,
    });
    this.#saver = new DraftSaver({
      save: async (values) => {
        const body = values as Pick<SaveFormDraft, 'definition' | 'sample'>;
        const saved = await options.save({ ...body, revision: this.#revision });
        this.#revision = saved.revision;
        return saved;
      },
      onState: (state) => {
        this.#state = state;
        for (const listener of this.#listeners) listener();
      },
      onSaved: () => undefined,
      mayRetry: (error) => error instanceof ApiProblem && error.transient,
      pauseMs,
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly saveState = (): DraftState => this.#state;

  get revision(): number {
    return this.#revision;
  }

  /** Saves what changes from now on; the answer ends that, after saving what is still unsent. */
  start(): () => void {
    let { document } = this.store;
    let { sample } = this.store.state();
    const stop = this.store.subscribe(() => {
      if (this.store.document === document && this.store.state().sample === sample) return;
      document = this.store.document;
      sample = this.store.state().sample;
      this.#saver.change(this.#values());
    });
    return () => {
      stop();
      void this.#saver.saveNow();
    };
  }

  saveNow(): Promise<void> {
    return this.#saver.saveNow();
  }

  /** @returns whether everything is on the server now */
  async flush(): Promise<boolean> {
    await this.#saver.saveNow();
    return this.#state.kind !== 'failed';
  }

  /** Another person's draft in place of ours; ours comes back by undo. */
  async takeTheirs(): Promise<void> {
    const theirs = await this.#options.read();
    this.#revision = theirs.revision;
    this.store.run({ kind: 'replace', definition: theirs.definition as JsonObject });
  }

  /** Ours over theirs. */
  async keepMine(): Promise<void> {
    this.#revision = (await this.#options.read()).revision;
    this.#saver.change(this.#values());
    await this.#saver.saveNow();
  }

  #values(): Readonly<Record<string, unknown>> {
    return { definition: writeDocument(this.store.document), sample: this.store.state().sample };
  }
}

/** Who saved in between, when that is why our save was refused. */
export function conflictOf(state: DraftState): { readonly name: string } | undefined {
  if (state.kind !== 'failed' || !(state.error instanceof ApiProblem) || state.error.code !== 'conflict')
    return undefined;
  const name = state.error.errors[0]?.params['name'];
  return { name: typeof name === 'string' ? name : '' };
}
