import { ancestorsOf, controlOf, placeOf, subtreeOf } from '../form-editor/document/document-tree.ts';
import { withKeys } from '../form-editor/document/document-texts.ts';
import type { FormDocument, JsonObject, NodeId } from '../form-editor/document/form-document.ts';
import { isJsonObject } from '../form-editor/document/form-document.ts';
import { nodeKeys } from '../form-editor/document/form-fragment.ts';
import {
  addControl,
  addNode,
  attach,
  detach,
  fieldOf,
  nodeOf,
  setNodeShell,
  setTexts,
  withChanges,
  type DocumentDraft,
} from './document-draft.ts';
import { writeTexts } from './rewrite-names.ts';
import { CommandRefused, type FormCommand } from './form-command.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

/** Elements with a text of their own: its key, and the part of it that holds the words. */
const TEXT_PART: Readonly<Record<string, { readonly prefix: string; readonly part: string }>> = {
  Group: { prefix: 'section', part: 'label' },
  Category: { prefix: 'step', part: 'label' },
  Label: { prefix: 'note', part: 'text' },
  Markdown: { prefix: 'note', part: 'text' },
};

const CHILDLESS: readonly string[] = ['Label', 'Markdown', 'Divider'];

export function textKeyOf({ type, shell }: { readonly type: string; readonly shell: JsonObject }): string | null {
  const named = TEXT_PART[type];
  return named && typeof shell['i18n'] === 'string' ? `${shell['i18n']}.${named.part}` : null;
}

export function insertNode(on: DocumentDraft, { type, text, at }: Of<'insertNode'>): NodeId {
  const named = TEXT_PART[type];
  const i18n = named && freeTextKey(on.draft, named.prefix);
  const children = CHILDLESS.includes(type) ? null : [];
  const shell: JsonObject = { type, ...(i18n !== undefined && { i18n }), ...(children && { elements: null }) };
  const id = addNode(on, { type, fieldId: null, children, shell }, at);
  if (named) writeTexts(on, `${i18n}.${named.part}`, text ?? {});
  // Tabs without a tab could hold nothing.
  if (type === 'Categorization') {
    const tab = { kind: 'insertNode', type: 'Category', text: text ?? {}, at: { parent: id, index: 0 } } as const;
    insertNode(on, tab);
  }
  return id;
}

export function move(on: DocumentDraft, { nodeId, at }: Of<'move'>): NodeId {
  nodeOf(on, nodeId);
  const from = detach(on, nodeId);
  // The place was chosen with the node still standing before it.
  const shifted = from.parent === at.parent && from.index < at.index ? { ...at, index: at.index - 1 } : at;
  attach(on, nodeId, shifted);
  return nodeId;
}

export function remove(on: DocumentDraft, { nodeIds }: Of<'remove'>): void {
  for (const id of outermost(on, nodeIds)) {
    const gone = subtreeOf(on.draft, id);
    const keys = new Set(gone.flatMap(({ shell }) => nodeKeys(shell)));
    const ids = gone.map((node) => node.id);
    detach(on, id);
    for (const inner of ids) delete on.draft.nodes[inner];
    const left = new Set(Object.values(on.draft.nodes).flatMap(({ shell }) => nodeKeys(shell as JsonObject)));
    const texts = on.draft.texts as FormDocument['texts'];
    setTexts(
      on,
      withKeys(texts, (key) => (keys.has(key) && !left.has(key) ? null : key)),
    );
  }
}

export function place(on: DocumentDraft, { fieldId, at }: Of<'place'>): NodeId {
  const { name } = fieldOf(on, fieldId);
  if (controlOf(on.draft, fieldId))
    throw new CommandRefused(`Expected "${name}" in the tray, but it stands in the layout.`);
  return addControl(on, fieldId, at);
}

export function updateOptions(on: DocumentDraft, { nodeId, changes }: Of<'updateOptions'>): void {
  const { shell } = nodeOf(on, nodeId);
  const options = withChanges(isJsonObject(shell['options']) ? shell['options'] : {}, changes);
  setNodeShell(on, nodeId, withChanges(shell, { options: Object.keys(options).length > 0 ? options : undefined }));
}

/** A container where the first of them stood, with all of them inside, in reading order. */
export function wrap(on: DocumentDraft, { nodeIds, type, text }: Of<'wrap'>): NodeId {
  const ids = outermost(on, nodeIds);
  const [first] = ids;
  if (first === undefined) throw new CommandRefused('Expected something to wrap.');
  const at = placeOf(on.draft, first)!;
  const id = insertNode(on, { kind: 'insertNode', type, at, ...(text && { text }) });
  for (const inner of ids) move(on, { kind: 'move', nodeId: inner, at: { parent: id, index: Infinity } });
  return id;
}

/** The children in place of their container. */
export function unwrap(on: DocumentDraft, { nodeId }: Of<'unwrap'>): NodeId | undefined {
  const { children } = nodeOf(on, nodeId);
  if (children === null) throw new CommandRefused(`Expected a container at <${nodeId}>.`);
  const inner = [...children];
  const at = placeOf(on.draft, nodeId);
  if (!at) throw new CommandRefused('Expected a container inside the form, but this is the form itself.');
  inner.forEach((child, index) => {
    detach(on, child);
    attach(on, child, { parent: at.parent, index: at.index + index });
  });
  remove(on, { kind: 'remove', nodeIds: [nodeId] });
  return inner[0];
}

/** Without those that stand inside another of them, in reading order. */
function outermost({ draft }: DocumentDraft, ids: readonly NodeId[]): readonly NodeId[] {
  const document = draft as FormDocument;
  const chosen = new Set(ids);
  if (chosen.has(document.root)) throw new CommandRefused('Expected a part of the form, but this is the form itself.');
  return subtreeOf(document, document.root)
    .map(({ id }) => id)
    .filter((id) => chosen.has(id) && !ancestorsOf(document, id).some((above) => chosen.has(above)));
}

export function freeTextKey({ nodes, texts }: FormDocument, prefix: string): string {
  const taken = new Set([
    ...Object.values(nodes).map(({ shell }) => shell['i18n']),
    ...texts.flatMap(({ entries }) => entries.map(({ key }) => key.split('.').slice(0, 2).join('.'))),
  ]);
  let number = 1;
  while (taken.has(`${prefix}.s${number}`)) number += 1;
  return `${prefix}.s${number}`;
}
