import type { StepFormView } from '#contract';
import { editedSteps, type StepForms } from './step-forms.ts';

/** What was edited and on which version, as this device keeps it until it is published. */
export interface LocalDraft {
  readonly processDefinitionKey: string;
  readonly version: number;
  readonly base: StepForms;
  readonly forms: StepForms;
}

interface StoredDraft {
  readonly processDefinitionKey: string;
  readonly version: number;
  readonly base: readonly (readonly [string, StepFormView | null])[];
  readonly edited: readonly (readonly [string, StepFormView | null])[];
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Drafts of one person on this device: two who share a computer do not publish each other's. */
export class LocalDrafts {
  readonly #store: Store;
  readonly #username: string;

  constructor(store: Store, username: string) {
    this.#store = store;
    this.#username = username;
  }

  /** Whether a change of the storage is about the draft of this process; null tells that everything was taken away. */
  isAbout(processId: string, key: string | null): boolean {
    return key === null || key === this.#key(processId);
  }

  read(processId: string): LocalDraft | undefined {
    try {
      const text = this.#store.getItem(this.#key(processId));
      if (text === null) return undefined;
      const { processDefinitionKey, version, base, edited } = JSON.parse(text) as StoredDraft;
      const before = new Map(base);
      return { processDefinitionKey, version, base: before, forms: new Map([...before, ...edited]) };
    } catch {
      // Storage refused, or a text of another release: there is no draft then.
      return undefined;
    }
  }

  /** Without an edited step there is nothing to keep. */
  write(processId: string, { processDefinitionKey, version, base, forms }: LocalDraft): void {
    const edited = editedSteps(base, forms).map((id) => [id, forms.get(id) ?? null] as const);
    const stored: StoredDraft = { processDefinitionKey, version, base: [...base], edited };
    try {
      if (edited.length === 0) this.#store.removeItem(this.#key(processId));
      else this.#store.setItem(this.#key(processId), JSON.stringify(stored));
    } catch {
      // Without storage the draft lasts until the page is closed.
    }
  }

  #key(processId: string): string {
    return `reglament-process-draft ${this.#username} ${processId}`;
  }
}
