import type { FormVariable } from '#contract';
import { controlOf, mayStand, placeOf } from '../document/document-tree.ts';
import {
  CONTAINERS,
  type FieldEntry,
  type FieldId,
  type FormDocument,
  type LayoutEntry,
  type NodeId,
  type Place,
} from '../document/form-document.ts';
import type { FormFragment } from '../document/form-fragment.ts';
import { columnsOf, shownColumns, tableOf } from '../document/table-columns.ts';
import { COLUMN_ITEMS } from '../palette/palette-items.ts';

/** What is being dragged. */
export type DragSubject =
  | { readonly kind: 'node'; readonly nodeId: NodeId }
  | { readonly kind: 'item'; readonly itemId: string; readonly type: string }
  | { readonly kind: 'tray'; readonly fieldId: string }
  | { readonly kind: 'fragment'; readonly title: string; readonly fragment: FormFragment }
  | { readonly kind: 'column'; readonly columnId: FieldId }
  | { readonly kind: 'variable'; readonly variable: FormVariable };

export function gapId({ parent, index }: Place): string {
  return `gap:${parent}:${index}`;
}

export function placeOfGap(id: string): Place | null {
  const [kind, parent, index] = id.split(':');
  return kind === 'gap' && parent !== undefined ? { parent, index: Number(index) } : null;
}

/**
 * Where the subject may be dropped, in reading order. For a node or a column, the two places beside it are one: where it stands. The
 * places between the columns of a table have its control for their parent.
 */
export function dropPlaces(document: FormDocument, subject: DragSubject): readonly Place[] {
  if (subject.kind === 'column') return placesInTable(document, subject.columnId);
  const intoTables = subject.kind === 'item' && COLUMN_ITEMS.some(({ id }) => id === subject.itemId);
  const nodeId = subject.kind === 'node' ? subject.nodeId : null;
  const own = nodeId === null ? null : placeOf(document, nodeId);
  const walk = (id: NodeId): readonly Place[] => {
    const node = document.nodes[id]!;
    if (intoTables && node.fieldId !== null) return gapsBetweenColumns(document, node);
    if (!node.children || id === nodeId || !(CONTAINERS as readonly string[]).includes(node.type)) return [];
    const places = [...node.children, null].flatMap((child, index): readonly Place[] => {
      const here = { parent: id, index };
      const beside = own?.parent === id && own.index + 1 === index;
      const inside = child === null ? [] : walk(child);
      return beside ? inside : [here, ...inside];
    });
    return places;
  };
  const type = typeOf(subject);
  return walk(document.root).filter(
    (place) => isTableControl(document, place.parent) || mayStand(document, nodeId, place, type),
  );
}

/** What has to be allowed to stand there; of a fragment its first element speaks for all. */
function typeOf(subject: DragSubject): string {
  if (subject.kind === 'item') return subject.type;
  const first = subject.kind === 'fragment' ? subject.fragment.layout[0]?.['type'] : undefined;
  return typeof first === 'string' ? first : 'Control';
}

/** The table whose columns the place stands between; undefined for a place of the layout. */
export function tableAtPlace({ nodes, fields }: FormDocument, { parent }: Place): FieldEntry | undefined {
  const { fieldId } = nodes[parent] ?? { fieldId: null };
  return fieldId === null ? undefined : fields[fieldId];
}

function isTableControl(document: FormDocument, id: NodeId): boolean {
  return tableAtPlace(document, { parent: id, index: 0 }) !== undefined;
}

function gapsBetweenColumns({ fields }: FormDocument, control: LayoutEntry): readonly Place[] {
  const columns = columnsOf(fields[control.fieldId!]!);
  return columns.length === 0 ? [] : [...columns, null].map((_, index) => ({ parent: control.id, index }));
}

function placesInTable(document: FormDocument, columnId: FieldId): readonly Place[] {
  const own = columnPlace(document, columnId);
  const control = own && document.nodes[own.parent];
  return control ? gapsBetweenColumns(document, control).filter(({ index }) => index !== own.index + 1) : [];
}

/** Where the column stands among those that are shown. */
function columnPlace(document: FormDocument, columnId: FieldId): Place | undefined {
  const table = tableOf(document, columnId);
  const control = table && controlOf(document, table.id);
  if (!table || !control) return undefined;
  return { parent: control.id, index: shownColumns(table, control).findIndex(({ id }) => id === columnId) };
}

/** Does the node or column stand there already? */
export function isOwnPlace(document: FormDocument, subject: DragSubject, place: Place): boolean {
  if (subject.kind !== 'node' && subject.kind !== 'column') return false;
  const own = subject.kind === 'node' ? placeOf(document, subject.nodeId) : columnPlace(document, subject.columnId);
  return own?.parent === place.parent && (own.index === place.index || own.index + 1 === place.index);
}
