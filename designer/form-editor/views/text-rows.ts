import { textOf } from '../document/document-texts.ts';
import { subtreeOf } from '../document/document-tree.ts';
import {
  dataShell,
  isJsonObject,
  type FieldEntry,
  type FormDocument,
  type JsonObject,
} from '../document/form-document.ts';
import { columnsOf } from '../document/table-columns.ts';
import { messageKeys } from '../document/form-fragment.ts';
import { textKeyOf } from '../../commands/layout-commands.ts';

/** Stands outside of `i18n`. */
export const TITLE_KEY = '$title';

/** One line of the grid of texts. */
export interface TextRow {
  readonly key: string;
  /** `label`, `help`, `options` …: what part of its owner it is. */
  readonly part: string;
  /** Of an option: its code. */
  readonly value?: string;
  readonly owner: FieldEntry | null;
  /** A text that is not there and need not be is offered, not counted. */
  readonly needed: boolean;
}

/** Every text the form has or may have, in the order of the form. */
export function textRows(document: FormDocument): readonly TextRow[] {
  const rows: TextRow[] = [{ key: TITLE_KEY, part: 'title', owner: null, needed: true }];
  const seen = new Set<string>();
  for (const node of subtreeOf(document, document.root)) {
    const key = textKeyOf(node);
    if (key !== null)
      rows.push({
        key,
        part: node.type === 'Label' || node.type === 'Markdown' ? 'text' : 'section',
        owner: null,
        needed: true,
      });
    if (node.fieldId === null) continue;
    seen.add(node.fieldId);
    rows.push(...fieldRows(document, document.fields[node.fieldId]!));
  }
  for (const id of document.fieldOrder) if (!seen.has(id)) rows.push(...fieldRows(document, document.fields[id]!));
  const asked = messageKeys(dataShell(document)).map((key): TextRow => ({
    key,
    part: 'message',
    owner: null,
    needed: true,
  }));
  const submit: TextRow = { key: 'submit', part: 'submit', owner: null, needed: isWritten(document, 'submit') };
  return [...rows, ...asked, submit];
}

/** How many of the needed texts are there in English. */
export function coverage(document: FormDocument): { readonly done: number; readonly total: number } {
  const needed = textRows(document).filter((row) => row.needed);
  return { done: needed.filter(({ key }) => rowText(document, 'en', key) !== '').length, total: needed.length };
}

/** What stands in a cell of the grid. */
export function rowText(document: FormDocument, language: 'ru' | 'en', key: string): string {
  if (key !== TITLE_KEY) return textOf(document, language, key) ?? '';
  const title = document.shell['title'];
  const text = isJsonObject(title) ? title[language] : undefined;
  return typeof text === 'string' ? text : '';
}

function fieldRows(document: FormDocument, field: FieldEntry): readonly TextRow[] {
  const { name, schema } = field;
  const parts = ['label', 'help', 'placeholder', ...('pattern' in schema ? ['pattern'] : [])];
  const own = parts.map((part): TextRow => {
    const key = `${name}.${part}`;
    return { key, part, owner: field, needed: part === 'label' || isWritten(document, key) };
  });
  const options = choicesOf(schema).map((value): TextRow => ({
    key: `${name}.options.${value}`,
    part: 'options',
    value,
    owner: field,
    needed: true,
  }));
  const columns = columnsOf(field).flatMap((column) => fieldRows(document, column));
  const told = new Set(columns.map(({ key }) => key));
  const messages = messageKeys(schema)
    .filter((key) => !told.has(key))
    .map((key): TextRow => ({ key, part: 'message', owner: field, needed: true }));
  return [...own, ...options, ...columns, ...messages];
}

export function choicesOf(schema: JsonObject): readonly string[] {
  const items = schema['items'] as JsonObject | undefined;
  const listed = [schema['enum'], items?.['enum']].find(Array.isArray);
  return ((listed ?? []) as readonly unknown[]).filter((value) => typeof value === 'string');
}

function isWritten(document: FormDocument, key: string): boolean {
  return textOf(document, 'ru', key) !== undefined || textOf(document, 'en', key) !== undefined;
}
