import { mayStand, placeOf } from '../document/document-tree.ts';
import { CONTAINERS, type FormDocument, type NodeId, type Place } from '../document/form-document.ts';

/** What is being dragged. */
export type DragSubject =
  | { readonly kind: 'node'; readonly nodeId: NodeId }
  | { readonly kind: 'item'; readonly itemId: string; readonly type: string }
  | { readonly kind: 'tray'; readonly fieldId: string };

export function gapId({ parent, index }: Place): string {
  return `gap:${parent}:${index}`;
}

export function placeOfGap(id: string): Place | null {
  const [kind, parent, index] = id.split(':');
  return kind === 'gap' && parent !== undefined ? { parent, index: Number(index) } : null;
}

/** Where the subject may be dropped, in reading order. For a node, the two places beside it are one: where it stands. */
export function dropPlaces(document: FormDocument, subject: DragSubject): readonly Place[] {
  const nodeId = subject.kind === 'node' ? subject.nodeId : null;
  const own = nodeId === null ? null : placeOf(document, nodeId);
  const walk = (id: NodeId): readonly Place[] => {
    const node = document.nodes[id]!;
    if (!node.children || id === nodeId || !(CONTAINERS as readonly string[]).includes(node.type)) return [];
    const places = [...node.children, null].flatMap((child, index): readonly Place[] => {
      const here = { parent: id, index };
      const beside = own?.parent === id && own.index + 1 === index;
      const inside = child === null ? [] : walk(child);
      return beside ? inside : [here, ...inside];
    });
    return places;
  };
  const type = subject.kind === 'item' ? subject.type : 'Control';
  return walk(document.root).filter((place) => mayStand(document, nodeId, place, type));
}

/** The place where a node stands already, or null. */
export function isOwnPlace(document: FormDocument, subject: DragSubject, place: Place): boolean {
  if (subject.kind !== 'node') return false;
  const own = placeOf(document, subject.nodeId);
  return own?.parent === place.parent && (own.index === place.index || own.index + 1 === place.index);
}
