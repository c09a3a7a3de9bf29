import { applyPatches, type Patch } from 'immer';
import type { FormDocument, NodeId } from '../form-editor/document/form-document.ts';
import { applyCommand } from './apply-command.ts';
import type { FormCommand, FormCommandKind } from './form-command.ts';

export const MOST_STEPS = 100;
/** Typing without a longer pause is one step. */
const PAUSE_MS = 1_000;

export interface EditStep {
  readonly kind: FormCommandKind;
  /** Steps with the same subject in quick succession are one. */
  readonly subject: string | null;
  readonly at: number;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
}

/** The document with the way back and forth. A value: every verb gives the next one. */
export interface EditHistory {
  readonly document: FormDocument;
  readonly past: readonly EditStep[];
  readonly future: readonly EditStep[];
}

export function startHistory(document: FormDocument): EditHistory {
  return { document, past: [], future: [] };
}

export interface Performed {
  readonly history: EditHistory;
  readonly focus: NodeId | undefined;
}

/** @throws CommandRefused */
export function perform(
  history: EditHistory,
  command: FormCommand,
  { now, stableId }: { readonly now: number; readonly stableId: () => string },
): Performed {
  const { document, patches, inverse, focus } = applyCommand(history.document, command, stableId);
  if (patches.length === 0) return { history, focus };
  const step: EditStep = { kind: command.kind, subject: subjectOf(command), at: now, patches, inverse };
  const last = history.past.at(-1);
  const joins =
    last !== undefined && step.subject !== null && step.subject === last.subject && now - last.at <= PAUSE_MS;
  const past = joins ? [...history.past.slice(0, -1), join(last, step)] : [...history.past, step];
  return { history: { document, past: past.slice(-MOST_STEPS), future: [] }, focus };
}

export function undo({ document, past, future }: EditHistory): EditHistory {
  const last = past.at(-1);
  if (!last) return { document, past, future };
  return { document: applyPatches(document, last.inverse), past: past.slice(0, -1), future: [last, ...future] };
}

export function redo({ document, past, future }: EditHistory): EditHistory {
  const [next, ...later] = future;
  if (!next) return { document, past, future };
  // Never joined with what is typed afterwards.
  return { document: applyPatches(document, next.patches), past: [...past, { ...next, subject: null }], future: later };
}

function join(before: EditStep, after: EditStep): EditStep {
  return {
    ...after,
    patches: [...before.patches, ...after.patches],
    inverse: [...after.inverse, ...before.inverse],
  };
}

/** What is typed or dragged on, letter by letter; null is a step of its own. */
function subjectOf(command: FormCommand): string | null {
  switch (command.kind) {
    case 'setText':
      return `text ${command.language} ${command.key}`;
    case 'setTitle':
      return `title ${command.language}`;
    case 'relabel':
      return `label ${command.fieldId}`;
    case 'update':
      return `update ${command.fieldId} ${Object.keys(command.changes).join()}`;
    case 'updateOptions':
      return `options ${command.nodeId} ${Object.keys(command.changes).join()}`;
    case 'setOptions':
      return `choices ${command.fieldId}`;
    case 'setAsserts':
      return `asserts ${command.fieldId}`;
    default:
      return null;
  }
}
