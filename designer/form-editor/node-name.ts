import { textKeyOf } from '../commands/layout-commands.ts';
import { shownText } from './document/document-texts.ts';
import type { FormDocument, NodeId } from './document/form-document.ts';
import type { EditorWords } from './texts.ts';

/** What a person calls the element: the label of the field, the title of the section, else what it is. */
export function nodeName(document: FormDocument, id: NodeId, words: EditorWords): string {
  const node = document.nodes[id];
  if (!node) return '';
  if (node.fieldId !== null) {
    const { name } = document.fields[node.fieldId]!;
    return shownText(document, `${name}.label`, name);
  }
  const key = textKeyOf(node);
  return shownText(document, key ?? '', words.named('node', node.type));
}

/** With what it is: «Поле «Тема»», «Раздел «Клиент»», «Колонки». */
export function nodeTitle(document: FormDocument, id: NodeId, words: EditorWords): string {
  const node = document.nodes[id];
  if (!node) return '';
  const what = words.named('node', node.type);
  const name = nodeName(document, id, words);
  return name === what ? what : `${what} «${name}»`;
}
