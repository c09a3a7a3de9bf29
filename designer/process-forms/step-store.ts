import type { ProcessDesign } from '#contract';
import { carryOver, type CarriedOver } from './model/carry-over.ts';
import type { LocalDraft, LocalDrafts } from './model/local-draft.ts';
import { editedSteps, formsOf, type StepForms } from './model/step-forms.ts';
import { perform, redo, startHistory, undo, type StepCommand, type StepHistory } from './model/step-history.ts';

/** A draft met a version that was deployed after it was begun. */
export type VersionConflict = Pick<CarriedOver, 'gone' | 'both'> & {
  readonly version: number;
  readonly formerly: ReadonlyMap<string, string>;
};

export interface StepState {
  readonly design: ProcessDesign;
  readonly base: StepForms;
  readonly history: StepHistory;
  readonly edited: readonly string[];
  readonly conflict: VersionConflict | undefined;
}

/** The forms of one process being edited on this screen. Each change can be undone, and is kept on the device at once. */
export class StepStore {
  readonly #drafts: LocalDrafts;
  readonly #listeners = new Set<() => void>();
  #own: string | undefined;
  #state: StepState;

  constructor(design: ProcessDesign, drafts: LocalDrafts) {
    this.#drafts = drafts;
    const base = formsOf(design);
    this.#state = { design, base, history: startHistory(base), edited: [], conflict: undefined };
    const draft = drafts.read(design.processId);
    if (draft === undefined) return;
    this.#state = { ...this.#state, ...left(draft, { design, base }) };
    this.#keep();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly state = (): StepState => this.#state;

  run(command: StepCommand): void {
    this.#go(perform(this.#state.history, command));
  }

  undo(): void {
    this.#go(undo(this.#state.history));
  }

  redo(): void {
    this.#go(redo(this.#state.history));
  }

  discard(): void {
    this.run({ kind: 'discardAll', forms: this.#state.base });
  }

  /**
   * Another tab of this person has changed the draft, or dropped it: what it says stands here too, and undo brings back what stood.
   * So the tab that was left behind never writes over the one that was worked in.
   * @returns whether the server should be asked anew: the draft is gone, perhaps published, or is of a version not read here yet
   */
  adopt(): boolean {
    const { design, base, history } = this.#state;
    const draft = this.#drafts.read(design.processId);
    if (draft !== undefined && draft.version > design.version) return true;
    const forms = draft === undefined ? base : carryOver(draft, base).forms;
    const edited = editedSteps(base, forms);
    // Nothing is kept: the other tab has, and keeping it again would be told there.
    this.#set({ history: perform(history, { kind: 'discardAll', forms }), edited });
    return draft === undefined;
  }

  /** The server's newest word: the same version with other counts, or a version that somebody deployed meanwhile. */
  meet(design: ProcessDesign): void {
    const { design: before, base, history, edited } = this.#state;
    if (design === before) return;
    if (design.processDefinitionKey === before.processDefinitionKey) return this.#set({ design });
    const newer = formsOf(design);
    const draft = this.#drafts.read(design.processId);
    if (draft?.processDefinitionKey === design.processDefinitionKey) {
      // Another tab works on this version already.
      return this.#set({ design, base: newer, ...left(draft, { design, base: newer }) });
    }
    // Published here: what was edited meanwhile, if anything, was edited on top of it.
    const own = design.processDefinitionKey === this.#own;
    const carried = carryOver({ base, forms: history.forms }, newer);
    const names = new Map(before.steps.map(({ elementId, elementName }) => [elementId, elementName]));
    this.#set({
      design,
      base: newer,
      // What lies behind belongs to the older version: undoing leads to the newer one as it is.
      history: { ...startHistory(carried.forms), past: edited.length > 0 && !own ? [newer] : [] },
      edited: editedSteps(newer, carried.forms),
      conflict: edited.length > 0 && !own ? conflictOf(design, carried, names) : undefined,
    });
    this.#keep();
  }

  /** What was edited is deployed as this version; it is met as soon as the server is asked again. */
  publishedAs(processDefinitionKey: string): void {
    this.#own = processDefinitionKey;
  }

  settleConflict(): void {
    this.#set({ conflict: undefined });
  }

  #go(history: StepHistory): void {
    if (history === this.#state.history) return;
    this.#set({ history, edited: editedSteps(this.#state.base, history.forms) });
    this.#keep();
  }

  #keep(): void {
    const { design, base, history } = this.#state;
    const { processId, processDefinitionKey, version } = design;
    this.#drafts.write(processId, { processDefinitionKey, version, base, forms: history.forms });
  }

  #set(change: Partial<StepState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** What was left in a draft, on top of the version that is shown. */
function left(
  draft: LocalDraft,
  { design, base }: Pick<StepState, 'design' | 'base'>,
): Pick<StepState, 'history' | 'edited' | 'conflict'> {
  const carried = carryOver(draft, base);
  const edited = editedSteps(base, carried.forms);
  const older = draft.processDefinitionKey !== design.processDefinitionKey;
  const told = older && edited.length + carried.gone.length > 0;
  return {
    history: { ...startHistory(carried.forms), past: [base] },
    edited,
    conflict: told ? conflictOf(design, carried) : undefined,
  };
}

function conflictOf(
  { version }: ProcessDesign,
  { gone, both }: CarriedOver,
  formerly: ReadonlyMap<string, string> = new Map(),
): VersionConflict {
  return { version, gone, both, formerly };
}
