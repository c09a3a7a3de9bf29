import { useDraggable } from '@dnd-kit/core';
import { ActionIcon, TextInput } from '@mantine/core';
import {
  Icon123,
  IconAlignLeft,
  IconArticle,
  IconAt,
  IconBarcode,
  IconBuildingBank,
  IconCalendar,
  IconCheckbox,
  IconClock,
  IconColumns2,
  IconCreditCard,
  IconCurrencyRubel,
  IconForms,
  IconId,
  IconInfoCircle,
  IconLayoutNavbar,
  IconLetterT,
  IconList,
  IconListCheck,
  IconListDetails,
  IconMapPin,
  IconMarkdown,
  IconPaperclip,
  IconPercentage,
  IconPhone,
  IconPhoto,
  IconPlus,
  IconSearch,
  IconSection,
  IconSeparatorHorizontal,
  IconSignature,
  IconTable,
  IconTrash,
  IconUser,
  IconVideo,
  type Icon,
} from '@tabler/icons-react';
import { useState } from 'react';
import type { FormCommand } from '../../commands/form-command.ts';
import { unplacedFields } from '../document/document-tree.ts';
import { shownText } from '../document/document-texts.ts';
import type { FieldEntry } from '../document/form-document.ts';
import { shownColumns, tableOf } from '../document/table-columns.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { FragmentList } from '../fragments/fragment-list.tsx';
import type { EditorStore } from '../editor-store.ts';
import { useWords } from '../texts.ts';
import { insertionPlace } from './insertion-place.ts';
import {
  COLUMN_ITEMS,
  findItems,
  insertColumnCommand,
  insertCommand,
  PALETTE_GROUPS,
  paletteName,
  type PaletteItem,
} from './palette-items.ts';
import styles from './palette.module.css';
import { ProcessVariableList } from './process-variable-list.tsx';

const ICONS: Readonly<Record<string, Icon>> = {
  text: IconLetterT,
  textarea: IconAlignLeft,
  markdown: IconMarkdown,
  html: IconArticle,
  integer: Icon123,
  decimal: Icon123,
  money: IconCurrencyRubel,
  percent: IconPercentage,
  date: IconCalendar,
  datetime: IconCalendar,
  period: IconCalendar,
  time: IconClock,
  duration: IconClock,
  boolean: IconCheckbox,
  choice: IconList,
  radio: IconListDetails,
  choices: IconList,
  checklist: IconListCheck,
  phone: IconPhone,
  email: IconAt,
  inn: IconId,
  kpp: IconId,
  ogrn: IconId,
  bik: IconBuildingBank,
  account: IconCreditCard,
  serial: IconBarcode,
  vin: IconBarcode,
  reference: IconUser,
  files: IconPaperclip,
  photo: IconPhoto,
  video: IconVideo,
  signature: IconSignature,
  address: IconMapPin,
  'geo-point': IconMapPin,
  table: IconTable,
  Group: IconSection,
  HorizontalLayout: IconColumns2,
  Categorization: IconLayoutNavbar,
  Label: IconInfoCircle,
  Markdown: IconArticle,
  Divider: IconSeparatorHorizontal,
};

/** What can be put on the form, and the fields that wait to be put back. */
export function Palette() {
  const words = useWords();
  const [search, setSearch] = useState('');
  const found = findItems(search);
  return (
    <div className={styles.palette}>
      <TextInput
        type="search"
        size="xs"
        leftSection={<IconSearch size={14} aria-hidden />}
        placeholder={words('paletteSearch')}
        aria-label={words('paletteSearch')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <Tray />
      <ProcessVariableList search={search} />
      {found.length === 0 && <p className={styles.quiet}>{words('paletteNothing')}</p>}
      {PALETTE_GROUPS.map((group) => {
        const items = found.filter((item) => item.group === group);
        if (items.length === 0) return null;
        return (
          <section key={group} aria-label={words(`group_${group}`)}>
            <h3 className={styles.group}>{words(`group_${group}`)}</h3>
            <ul className={styles.items}>
              {items.map((item) => (
                <li key={item.id}>
                  <PaletteButton item={item} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      <FragmentList search={search} placeFor={insertionPlace} />
      <p className={styles.quiet}>{words('paletteHint')}</p>
    </div>
  );
}

function PaletteButton({ item }: { readonly item: PaletteItem }) {
  const words = useWords();
  const store = useStore();
  const name = paletteName(item, words);
  const Icon = ICONS[item.id] ?? IconForms;
  const { listeners, setNodeRef, attributes } = useDraggable({
    id: `item:${item.id}`,
    data: { kind: 'item', itemId: item.id, type: item.schema ? 'Control' : item.id },
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={styles.item}
      aria-label={words('add', { name })}
      aria-describedby={attributes['aria-describedby']}
      data-item={item.id}
      {...listeners}
      onClick={() => {
        store.run(columnCommand(store, item) ?? insertCommand(item, insertionPlace(store)), { typeLabel: true });
        store.showPane('canvas');
      }}
    >
      <Icon size={16} stroke={1.6} aria-hidden />
      <span>{name}</span>
    </button>
  );
}

/** While a column is selected, another one behind it; undefined when the item can be none. */
function columnCommand(store: EditorStore, item: PaletteItem): FormCommand | undefined {
  const { document } = store;
  const { column, selection } = store.state();
  const table = column === null ? undefined : tableOf(document, column);
  if (!table || !COLUMN_ITEMS.includes(item)) return undefined;
  const shown = shownColumns(table, document.nodes[selection.at(-1) ?? '']);
  return insertColumnCommand(item, table, shown.findIndex(({ id }) => id === column) + 1);
}

/** Fields whose data exist and which the form does not show. */
function Tray() {
  const words = useWords();
  const document = useDocument();
  const fields = unplacedFields(document);
  if (fields.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={words('tray')}>
      <h3 className={styles.group}>
        {words('tray')} · {fields.length}
      </h3>
      <p className={styles.quiet}>{words('trayLead')}</p>
      <ul className={styles.items}>
        {fields.map((field) => (
          <li key={field.id} className={styles.unplaced}>
            <TrayField field={field} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function TrayField({ field }: { readonly field: FieldEntry }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const name = shownText(document, `${field.name}.label`, field.name);
  const { listeners, setNodeRef, attributes } = useDraggable({
    id: `tray:${field.id}`,
    data: { kind: 'tray', fieldId: field.id },
  });
  return (
    <>
      <button
        ref={setNodeRef}
        type="button"
        className={styles.item}
        aria-label={words('trayPlace', { name })}
        aria-describedby={attributes['aria-describedby']}
        {...listeners}
        onClick={() => store.run({ kind: 'place', fieldId: field.id, at: insertionPlace(store) })}
      >
        <IconPlus size={16} stroke={1.6} aria-hidden />
        <span>{name}</span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={words('trayDelete', { name })}
        onClick={() => store.run({ kind: 'removeField', fieldId: field.id })}
      >
        <IconTrash size={16} aria-hidden />
      </ActionIcon>
    </>
  );
}
