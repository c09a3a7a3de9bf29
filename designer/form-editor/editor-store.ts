import { perform, redo, startHistory, undo, type EditHistory } from '../commands/edit-history.ts';
import { CommandRefused, type FormCommand } from '../commands/form-command.ts';
import type { FieldId, FormDocument, JsonObject, NodeId } from './document/form-document.ts';
import { columnsOf, fieldWithId } from './document/table-columns.ts';

export const VIEWS = ['canvas', 'data', 'logic', 'texts', 'preview', 'changes', 'json'] as const;
export type EditorView = (typeof VIEWS)[number];
export type EditorPane = 'palette' | 'canvas' | 'inspector';

export interface EditorState {
  readonly history: EditHistory;
  /** The last one is the one whose properties are shown; none is the form itself. */
  readonly selection: readonly NodeId[];
  /** Of the table that is selected last: the column whose properties are shown. */
  readonly column: FieldId | null;
  readonly view: EditorView;
  /** On a phone one of the three at a time. */
  readonly pane: EditorPane;
  /** Counts up when the label of what is selected should be typed at once. */
  readonly wantsLabel: number;
  readonly sample: JsonObject;
}

export interface EditorStoreOptions {
  readonly document: FormDocument;
  readonly sample: JsonObject;
  readonly now: () => number;
  readonly stableId: () => string;
}

/** One form being edited, on this screen. Every change goes through `run`, so that each can be undone and is saved. */
export class EditorStore {
  readonly #options: Pick<EditorStoreOptions, 'now' | 'stableId'>;
  readonly #listeners = new Set<() => void>();
  #typesLabel = false;
  #state: EditorState;

  constructor({ document, sample, ...options }: EditorStoreOptions) {
    this.#options = options;
    this.#state = {
      history: startHistory(document),
      selection: [],
      column: null,
      view: 'canvas',
      pane: 'canvas',
      wantsLabel: 0,
      sample,
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): EditorState => this.#state;

  get document(): FormDocument {
    return this.#state.history.document;
  }

  /** @returns false when the command makes no sense any more; nothing has changed then */
  run(command: FormCommand, then: { readonly typeLabel?: boolean } = {}): boolean {
    try {
      const { now, stableId } = this.#options;
      const { history, focus } = perform(this.#state.history, command, { now: now(), stableId });
      const { wantsLabel, selection: before } = this.#state;
      this.#typesLabel = then.typeLabel === true;
      const selection = this.#standing(history, focus === undefined ? before : [focus]);
      this.#set({
        history,
        selection,
        column: this.#columnAfter(command, history.document, { before, selection }),
        ...(then.typeLabel === true && { wantsLabel: wantsLabel + 1 }),
      });
      return true;
    } catch (error) {
      if (error instanceof CommandRefused) return false;
      throw error;
    }
  }

  /** The label of what is selected is to be typed, as after a command that puts something on the form. */
  typeLabel(): void {
    this.#typesLabel = true;
    this.#set({ wantsLabel: this.#state.wantsLabel + 1 });
  }

  /** Should the label be typed now? Asked once: whoever asks next is told no. */
  takeLabelWish(): boolean {
    const wish = this.#typesLabel;
    this.#typesLabel = false;
    return wish;
  }

  undo(): void {
    this.#goTo(undo(this.#state.history));
  }

  redo(): void {
    this.#goTo(redo(this.#state.history));
  }

  select(id: NodeId | null, { more = false }: { readonly more?: boolean } = {}): void {
    const { selection } = this.#state;
    const column = null;
    if (id === null) this.#set({ selection: [], column });
    else if (!more) {
      if (selection.length !== 1 || selection[0] !== id || this.#state.column !== null)
        this.#set({ selection: [id], column });
    } else {
      const next = selection.includes(id) ? selection.filter((one) => one !== id) : [...selection, id];
      this.#set({ selection: next, column });
    }
  }

  selectColumn(tableNode: NodeId, column: FieldId): void {
    this.#set({ selection: [tableNode], column });
  }

  show(view: EditorView): void {
    this.#set({ view });
  }

  showPane(pane: EditorPane): void {
    this.#set({ pane });
  }

  /** To a place on the canvas, from a problem or another view. */
  goTo(id: NodeId | null, column: FieldId | null = null): void {
    this.#set({ view: 'canvas', selection: id === null ? [] : [id], column, pane: 'inspector' });
  }

  setSample(sample: JsonObject): void {
    this.#set({ sample });
  }

  #goTo(history: EditHistory): void {
    const { selection, column } = this.#state;
    const standing = column !== null && fieldWithId(history.document, column) ? column : null;
    this.#set({ history, selection: this.#standing(history, selection), column: standing });
  }

  /** A new column is chosen; one that was chosen stays so while its table does. */
  #columnAfter(
    command: FormCommand,
    document: FormDocument,
    { before, selection }: { readonly before: readonly NodeId[]; readonly selection: readonly NodeId[] },
  ): FieldId | null {
    if (command.kind === 'insertColumn') {
      const known = new Set(columnsOf(this.document.fields[command.fieldId]!).map(({ id }) => id));
      return columnsOf(document.fields[command.fieldId]!).find(({ id }) => !known.has(id))?.id ?? null;
    }
    const { column } = this.#state;
    const stays = column !== null && before.at(-1) === selection.at(-1) && fieldWithId(document, column) !== undefined;
    return stays ? column : null;
  }

  #standing({ document }: EditHistory, selection: readonly NodeId[]): readonly NodeId[] {
    return selection.every((id) => document.nodes[id]) ? selection : selection.filter((id) => document.nodes[id]);
  }

  #set(change: Partial<EditorState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** Short, and free for all practical purposes: 8 of 36 signs. */
export function randomStableId(): string {
  const numbers = crypto.getRandomValues(new Uint8Array(8));
  return `f_${[...numbers].map((number) => (number % 36).toString(36)).join('')}`;
}
