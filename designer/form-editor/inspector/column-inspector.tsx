import { Button, NumberInput, Select, Switch } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { shownText } from '../document/document-texts.ts';
import { isFieldName } from '../document/field-name.ts';
import { stableIdOf, type FieldEntry, type JsonObject, type LayoutEntry } from '../document/form-document.ts';
import {
  columnKey,
  columnsOf,
  listedColumns,
  RESERVED_KEYS,
  shownColumns,
  totalledColumns,
} from '../document/table-columns.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { COLUMN_ITEMS, optionTexts, paletteName } from '../palette/palette-items.ts';
import { useWords } from '../texts.ts';
import { focusColumnName, neighbourOf } from './columns-list.tsx';
import {
  EnglishLabelInput,
  FieldSwitches,
  HelpInput,
  LabelInput,
  LimitsSection,
  OptionsSection,
  PlaceholderInput,
  RulesInputs,
} from './field-parts.tsx';
import styles from './inspector.module.css';
import { isNumeric, kindOfColumn } from './row-scope.ts';
import { Section } from './section.tsx';
import { CommittedText } from './typed-text.tsx';

interface ColumnInspectorProps {
  readonly table: FieldEntry;
  readonly column: FieldEntry;
  readonly control: LayoutEntry;
}

/** Properties of a column: those of a field, with rules that see the row, and how it stands in the table. */
export function ColumnInspector({ table, column, control }: ColumnInspectorProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const fieldId = column.id;
  const key = columnKey(column);
  const kind = kindOfColumn(document, column);
  const remove = (): void => {
    const neighbour = neighbourOf(column, shownColumns(table, control));
    if (store.run({ kind: 'removeColumn', columnId: fieldId })) focusColumnName(neighbour);
  };
  const taken = new Set([...RESERVED_KEYS, ...columnsOf(table).map(columnKey)]);
  return (
    <>
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        className={styles.up}
        leftSection={<IconArrowLeft size={14} aria-hidden />}
        onClick={() => store.select(control.id)}
      >
        {words('columnBack', { name: shownText(document, `${table.name}.label`, table.name) })}
      </Button>
      <Section title={words('columnOne')}>
        <LabelInput field={column} publishedId={`${stableIdOf(table)}/${stableIdOf({ ...column, name: key })}`} />
        <EnglishLabelInput field={column} />
        <Select
          size="xs"
          searchable
          label={words('kind')}
          data={COLUMN_ITEMS.map((item) => ({ value: item.id, label: paletteName(item, words) }))}
          value={COLUMN_ITEMS.find((item) => item.id === kind)?.id ?? null}
          placeholder="…"
          allowDeselect={false}
          onChange={(next) => {
            const item = COLUMN_ITEMS.find(({ id }) => id === next);
            if (item?.schema && next !== kind)
              store.run({ kind: 'retype', fieldId, schema: item.schema, texts: optionTexts(item.schema) });
          }}
        />
        <FieldSwitches field={column} />
      </Section>
      <OptionsSection field={column} kind={kind} />
      <Section title={words('section_rules')}>
        <RulesInputs field={column} kind={kind} />
      </Section>
      <LimitsSection field={column} kind={kind} />
      <Section title={words('section_look')}>
        <ColumnLook table={table} column={column} control={control} numeric={isNumeric(kind)} />
        <HelpInput field={column} />
        <PlaceholderInput field={column} />
      </Section>
      <Section title={words('section_technical')} folded>
        <CommittedText
          label={words('key')}
          description={words('columnKeyHint')}
          value={key}
          mono
          onCommit={(next) =>
            next === key ||
            (isFieldName(next) && !taken.has(next) && store.run({ kind: 'rename', fieldId, name: next }))
          }
        />
      </Section>
      <Button
        variant="default"
        size="xs"
        className={styles.remove}
        disabled={columnsOf(table).length === 1}
        onClick={remove}
      >
        {words('columnRemoveThis')}
      </Button>
    </>
  );
}

/** Width and sum: they belong to the layout. */
function ColumnLook({ table, column, control, numeric }: ColumnInspectorProps & { readonly numeric: boolean }) {
  const words = useWords();
  const store = useStore();
  const key = columnKey(column);
  const listed = listedColumns(control);
  const totals = totalledColumns(control);
  const change = (changes: JsonObject | { readonly [option: string]: undefined }): boolean =>
    store.run({ kind: 'updateOptions', nodeId: control.id, changes });
  const setWidth = (width: number | undefined): void => {
    const columns = shownColumns(table, control).map((one) => {
      const other = columnKey(one);
      const wide = other === key ? width : listed.find((entry) => entry.key === other)?.width;
      return wide === undefined ? other : { column: other, width: wide };
    });
    change({ columns });
  };
  return (
    <>
      <NumberInput
        size="xs"
        label={words('columnWidth')}
        placeholder={words('spanAuto')}
        min={40}
        max={800}
        allowDecimal={false}
        value={listed.find((entry) => entry.key === key)?.width ?? ''}
        onChange={(next) => setWidth(typeof next === 'number' && next >= 40 ? next : undefined)}
      />
      {numeric && (
        <Switch
          size="sm"
          label={words('columnTotal')}
          checked={totals.includes(key)}
          onChange={(event) => {
            const next = event.currentTarget.checked ? [...totals, key] : totals.filter((one) => one !== key);
            change(next.length > 0 ? { totals: next } : { totals: undefined });
          }}
        />
      )}
    </>
  );
}
