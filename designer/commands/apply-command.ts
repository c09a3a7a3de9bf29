import { enablePatches, produceWithPatches, type Draft, type Patch } from 'immer';
import type { FormDocument, NodeId } from '../form-editor/document/form-document.ts';
import { readDocument } from '../form-editor/document/read-document.ts';
import { insertColumn, moveColumn, removeColumn } from './column-commands.ts';
import type { DocumentDraft } from './document-draft.ts';
import { insertField, relabel, removeField, rename, require, retype, setOptions, update } from './field-commands.ts';
import type { FormCommand } from './form-command.ts';
import { insertNode, move, place, remove, unwrap, updateOptions, wrap } from './layout-commands.ts';
import { duplicate, paste } from './paste-command.ts';
import { setAsserts, setText, setTitle } from './text-commands.ts';

enablePatches();

export interface AppliedCommand {
  readonly document: FormDocument;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** What to select afterwards, when the command made or moved something. */
  readonly focus: NodeId | undefined;
}

/**
 * Carries out one command on both trees at once.
 * @param stableId gives a fresh `x-id`; passed in, so that the same call gives the same document
 * @throws CommandRefused when it makes no sense here
 */
export function applyCommand(document: FormDocument, command: FormCommand, stableId: () => string): AppliedCommand {
  let focus: NodeId | undefined;
  const [next, patches, inverse] = produceWithPatches(document, (draft) => {
    if (command.kind === 'replace') return readDocument(command.definition) as Draft<FormDocument>;
    focus = carryOut({ draft, before: document, stableId }, command);
    return undefined;
  });
  return { document: next, patches, inverse, focus };
}

function carryOut(on: DocumentDraft, command: Exclude<FormCommand, { kind: 'replace' }>): NodeId | undefined {
  switch (command.kind) {
    case 'insertField':
      return insertField(on, command);
    case 'insertNode':
      return insertNode(on, command);
    case 'move':
      return move(on, command);
    case 'place':
      return place(on, command);
    case 'wrap':
      return wrap(on, command);
    case 'unwrap':
      return unwrap(on, command);
    case 'duplicate':
      return duplicate(on, command);
    case 'paste':
      return paste(on, command);
    case 'remove':
      return void remove(on, command);
    case 'removeField':
      return void removeField(on, command);
    case 'update':
      return void update(on, command);
    case 'require':
      return void require(on, command);
    case 'updateOptions':
      return void updateOptions(on, command);
    case 'setOptions':
      return void setOptions(on, command);
    case 'insertColumn':
      return insertColumn(on, command);
    case 'moveColumn':
      return moveColumn(on, command);
    case 'removeColumn':
      return removeColumn(on, command);
    case 'retype':
      return void retype(on, command);
    case 'setAsserts':
      return void setAsserts(on, command);
    case 'setText':
      return void setText(on, command);
    case 'setTitle':
      return void setTitle(on, command);
    case 'relabel':
      return void relabel(on, command);
    case 'rename':
      return void rename(on, command);
  }
}
