import { fieldNamed } from '../document/document-tree.ts';
import { shownText } from '../document/document-texts.ts';
import type { FormDocument, Place } from '../document/form-document.ts';
import { columnKey, fieldWithId } from '../document/table-columns.ts';
import { nodeName, nodeTitle } from '../node-name.ts';
import { PALETTE, paletteName } from '../palette/palette-items.ts';
import { variableLabel } from '../palette/process-variables.ts';
import type { EditorTextKey, EditorWords } from '../texts.ts';
import { dropPlaces, type DragSubject } from './drop-places.ts';

/** What a person hears of a drag: what is held and where it would stand. */
export function subjectName(document: FormDocument, subject: DragSubject, words: EditorWords): string {
  switch (subject.kind) {
    case 'column': {
      const column = fieldWithId(document, subject.columnId);
      const name = column && shownText(document, `${column.name}.label`, columnKey(column));
      return words('columnNamed', { name: name ?? '' });
    }
    case 'fragment':
      return subject.title;
    case 'node':
      return nodeTitle(document, subject.nodeId, words);
    case 'item': {
      const item = PALETTE.find(({ id }) => id === subject.itemId);
      return item ? paletteName(item, words) : subject.itemId;
    }
    case 'variable':
      return variableLabel(subject.variable);
    case 'tray': {
      const { name } = document.fields[subject.fieldId] ?? fieldNamed(document, subject.fieldId) ?? { name: '' };
      return shownText(document, `${name}.label`, name);
    }
  }
}

function whereWords(document: FormDocument, { parent }: Place, words: EditorWords): string {
  if (parent === document.root) return words('whereForm');
  const { type, fieldId } = document.nodes[parent]!;
  if (fieldId !== null) return words('whereTable', { name: nodeName(document, parent, words) });
  if (type === 'HorizontalLayout') return words('whereColumns');
  return words(type === 'Group' ? 'whereGroup' : 'whereOther', { name: nodeName(document, parent, words) });
}

interface Told {
  readonly document: FormDocument;
  readonly subject: DragSubject;
  readonly words: EditorWords;
}

/** «Место 2 из 5, в разделе «Клиент».», numbered among the places of that container. */
export function placeSentence({ document, subject, words }: Told, place: Place, key: EditorTextKey): string {
  const siblings = dropPlaces(document, subject).filter(({ parent }) => parent === place.parent);
  const exactly = siblings.findIndex(({ index }) => index === place.index);
  // The place behind the node itself is its own place.
  const at = exactly >= 0 ? exactly : siblings.findIndex(({ index }) => index + 1 === place.index);
  return words(key, {
    what: subjectName(document, subject, words),
    index: Math.max(0, at) + 1,
    count: siblings.length,
    where: whereWords(document, place, words),
  });
}
