import { FIELD_KINDS, type KindDefinition, type Widget } from '#engine';
import type { FormCommand, TextPair } from '../../commands/form-command.ts';
import { isJsonObject, type FieldEntry, type JsonObject, type Place } from '../document/form-document.ts';
import { editorWords, type EditorWords } from '../texts.ts';

export const PALETTE_GROUPS = ['layout', 'text', 'choice', 'time', 'contact', 'files', 'other'] as const;
export type PaletteGroup = (typeof PALETTE_GROUPS)[number];

/** Something that can be put on a form. */
export interface PaletteItem {
  /** Also the key of its name: `kind_<id>` or `node_<id>`. */
  readonly id: string;
  readonly group: PaletteGroup;
  /** Absent: an element of the layout. */
  readonly schema?: JsonObject;
  readonly widget?: Widget;
}

/** Another entry for the same kind, because people look for it under another name. */
const VARIANTS: Readonly<Record<string, readonly Omit<PaletteItem, 'group'>[]>> = {
  text: [{ id: 'textarea', schema: { type: 'string' }, widget: 'textarea' }],
  choice: [{ id: 'radio', widget: 'radio' }],
  choices: [{ id: 'checklist', widget: 'checklist' }],
  files: [
    { id: 'photo', schema: { type: 'array', 'x-files': { kind: 'photo' } } },
    { id: 'video', schema: { type: 'array', 'x-files': { kind: 'video' } } },
  ],
};

const GROUP_OF: Readonly<Record<string, PaletteGroup>> = Object.fromEntries(
  Object.entries({
    text: 'text markdown html integer decimal money percent',
    choice: 'boolean choice choices reference',
    time: 'date time datetime period duration',
    contact: 'phone email inn kpp ogrn bik account serial vin address geo-point',
    files: 'files signature',
  }).flatMap(([group, kinds]) => kinds.split(' ').map((kind) => [kind, group as PaletteGroup])),
);

const LAYOUT = ['Group', 'HorizontalLayout', 'Categorization', 'Label', 'Markdown', 'Divider'];
const WITHOUT_WORDS = ['HorizontalLayout', 'Divider'];

export const PALETTE: readonly PaletteItem[] = [
  ...FIELD_KINDS.flatMap(itemsOf),
  ...LAYOUT.map((id): PaletteItem => ({ id, group: 'layout' })),
];

/** What a column can be: any field but a table, asked for with its usual widget. */
export const COLUMN_ITEMS: readonly PaletteItem[] = PALETTE.filter(
  ({ id, schema, widget }) => schema !== undefined && widget === undefined && id !== 'table',
);

function itemsOf({ kind, fragment }: KindDefinition): readonly PaletteItem[] {
  const group = GROUP_OF[kind] ?? 'other';
  const schema = fragment as JsonObject;
  return [{ id: kind, group, schema }, ...(VARIANTS[kind] ?? []).map((item) => ({ schema, ...item, group }))];
}

export function paletteName({ id, schema }: PaletteItem, words: EditorWords): string {
  return words.named(schema ? 'kind' : 'node', id);
}

/** Items whose Russian or English name has the words in it. */
export function findItems(search: string): readonly PaletteItem[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return PALETTE;
  return PALETTE.filter((item) =>
    (['ru', 'en'] as const).some((language) => paletteName(item, editorWords(language)).toLowerCase().includes(wanted)),
  );
}

/** What putting the item at a place means. */
export function insertCommand(item: PaletteItem, at: Place): FormCommand {
  const names = namesOf(item);
  if (!item.schema)
    return { kind: 'insertNode', type: item.id, at, ...(!WITHOUT_WORDS.includes(item.id) && { text: names }) };
  const options = optionTexts(item.schema);
  return {
    kind: 'insertField',
    schema: item.schema,
    at,
    texts: { label: names, ...options },
    ...(item.widget && { options: { widget: item.widget } }),
  };
}

/** What putting the item into a table means, before the column that is shown at `index`. */
export function insertColumnCommand(item: PaletteItem, table: FieldEntry, index: number): FormCommand {
  const { schema } = item;
  return {
    kind: 'insertColumn',
    fieldId: table.id,
    schema: schema ?? { type: 'string' },
    texts: { label: namesOf(item), ...optionTexts(schema ?? {}) },
    index,
  };
}

/** Only in Russian: an English «Text» left behind when the label is written would pass for a translation. */
function namesOf(item: PaletteItem): TextPair {
  const words = editorWords('ru');
  // The name is the first tab's: tabs as such have none.
  return { ru: item.id === 'Categorization' ? `${words('node_Category')} 1` : paletteName(item, words) };
}

/** A list begins with one option, a table with one column; their words are needed from the start. */
export function optionTexts(schema: JsonObject): Readonly<Record<string, TextPair>> {
  const items = schema['items'] as JsonObject | undefined;
  const listed = [schema['enum'], items?.['enum']].find(Array.isArray) as readonly string[] | undefined;
  const columns = isJsonObject(items?.['properties']) ? Object.keys(items['properties']) : [];
  return Object.fromEntries<TextPair>([
    ...(listed ?? []).map((value, index) => [`options.${value}`, { ru: `Вариант ${index + 1}` }] as const),
    ...columns.map((key, index) => [`${key}.label`, { ru: `Колонка ${index + 1}` }] as const),
  ]);
}
