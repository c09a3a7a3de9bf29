import {
  CONTAINERS,
  type FieldEntry,
  type FieldId,
  type FormDocument,
  type LayoutEntry,
  type NodeId,
  type Place,
} from './form-document.ts';

/** Where a node stands; null for the root and for a node that is not in the tree. */
export function placeOf({ nodes }: FormDocument, id: NodeId): Place | null {
  for (const node of Object.values(nodes)) {
    const index = node.children?.indexOf(id) ?? -1;
    if (index !== -1) return { parent: node.id, index };
  }
  return null;
}

/** The node and all below it, from the outside in, in reading order. */
export function subtreeOf(document: FormDocument, id: NodeId): readonly LayoutEntry[] {
  const node = document.nodes[id];
  if (!node) return [];
  return [node, ...(node.children ?? []).flatMap((child) => subtreeOf(document, child))];
}

/** Outermost first, without the node itself. */
export function ancestorsOf(document: FormDocument, id: NodeId): readonly NodeId[] {
  const place = placeOf(document, id);
  return place ? [...ancestorsOf(document, place.parent), place.parent] : [];
}

export function controlOf({ nodes }: FormDocument, fieldId: FieldId): LayoutEntry | undefined {
  return Object.values(nodes).find((node) => node.fieldId === fieldId);
}

/** Fields that stand nowhere in the layout: the tray. */
export function unplacedFields({ fields, fieldOrder, nodes }: FormDocument): readonly FieldEntry[] {
  const placed = new Set(Object.values(nodes).map(({ fieldId }) => fieldId));
  return fieldOrder.filter((id) => !placed.has(id)).map((id) => fields[id]!);
}

export function fieldNamed({ fields }: FormDocument, name: string): FieldEntry | undefined {
  return Object.values(fields).find((field) => field.name === name);
}

export function isContainer({ type }: LayoutEntry): boolean {
  return (CONTAINERS as readonly string[]).includes(type);
}

/**
 * May it stand there? Not inside itself, and only in containers; in tabs only a tab, and a tab nowhere else.
 * @param id null for something new, of the type given
 */
export function mayStand(document: FormDocument, id: NodeId | null, { parent }: Place, type = 'Control'): boolean {
  const target = document.nodes[parent];
  if (!target || target.children === null || id === document.root) return false;
  const kind = id === null ? type : document.nodes[id]!.type;
  if ((target.type === 'Categorization') !== (kind === 'Category')) return false;
  return id === null || !subtreeOf(document, id).some((node) => node.id === parent);
}

/** The place right behind a node, or inside it when it is a container with `into`. */
export function placeAfter(document: FormDocument, id: NodeId | null): Place {
  const place = id === null ? null : placeOf(document, id);
  if (place) return { parent: place.parent, index: place.index + 1 };
  return placeInside(document, document.root);
}

export function placeInside({ nodes }: FormDocument, id: NodeId): Place {
  return { parent: id, index: nodes[id]!.children?.length ?? 0 };
}
