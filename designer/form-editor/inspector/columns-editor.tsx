import { FIELD_KINDS } from '#engine';
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { ColumnDraft } from '../../commands/form-command.ts';
import { textOf } from '../document/document-texts.ts';
import { freeName, isMadeFrom, nameFromLabel } from '../document/field-name.ts';
import { isJsonObject, type FieldEntry, type FormDocument, type JsonObject } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { TypedText } from './typed-text.tsx';

/** What a column can be without further questions; options and formulas are written in the JSON view. */
const KINDS = FIELD_KINDS.filter(({ kind }) =>
  ['text', 'integer', 'decimal', 'money', 'date', 'boolean'].includes(kind),
);

interface ColumnsEditorProps {
  readonly field: FieldEntry;
  /** Nobody reads the keys yet: they follow the headings. */
  readonly follow: boolean;
}

/** The columns of a table: heading and kind. */
export function ColumnsEditor({ field, follow }: ColumnsEditorProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const columns = columnsOf(document, field);
  const set = (next: readonly ColumnDraft[]): boolean =>
    store.run({ kind: 'setColumns', fieldId: field.id, columns: next });
  const replace = (at: number, ...now: readonly ColumnDraft[]): boolean =>
    set([...columns.slice(0, at), ...now, ...columns.slice(at + 1)]);
  const takenBeside = (at: number): ReadonlySet<string> =>
    new Set(['row', 'parent', ...columns.filter((_, index) => index !== at).map(({ key }) => key)]);
  const rename = (at: number, column: ColumnDraft, ru: string): void => {
    const made = isMadeFrom(column.key, column.ru ?? '') || /^column\d*$/.test(column.key);
    const key = follow && made && ru.trim() !== '' ? freeName(nameFromLabel(ru), takenBeside(at)) : column.key;
    replace(at, { ...column, ru, key, was: column.key });
  };
  const retype = (at: number, column: ColumnDraft, kind: string | null): void => {
    const fragment = KINDS.find((one) => one.kind === kind)?.fragment;
    const id = column.schema['x-id'];
    if (fragment) replace(at, { ...column, schema: { ...fragment, ...(id !== undefined && { 'x-id': id }) } });
  };
  return (
    <>
      {columns.map((column, at) => (
        <div key={at} className={styles.column}>
          <TypedText
            aria-label={words('column', { number: at + 1 })}
            value={column.ru ?? ''}
            onType={(ru) => rename(at, column, ru)}
          />
          <Select
            size="xs"
            aria-label={words('columnKind', { number: at + 1 })}
            data={KINDS.map(({ kind }) => ({ value: kind, label: words.named('kind', kind) }))}
            value={kindOfColumn(column.schema)}
            placeholder="…"
            allowDeselect={false}
            onChange={(kind) => retype(at, column, kind)}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            disabled={columns.length === 1}
            aria-label={words('removeColumn', { number: at + 1 })}
            onClick={() => replace(at)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => {
          const ru = `Колонка ${columns.length + 1}`;
          set([...columns, { key: freeName(nameFromLabel(ru), takenBeside(-1)), schema: { type: 'string' }, ru }]);
        }}
      >
        {words('addColumn')}
      </Button>
    </>
  );
}

function columnsOf(document: FormDocument, { name, schema }: FieldEntry): readonly ColumnDraft[] {
  const items = schema['items'];
  const properties = isJsonObject(items) && isJsonObject(items['properties']) ? items['properties'] : {};
  return Object.entries(properties).map(([key, column]): ColumnDraft => {
    const label = `${name}.${key}.label`;
    const [ru, en] = [textOf(document, 'ru', label), textOf(document, 'en', label)];
    return {
      key,
      schema: isJsonObject(column) ? column : {},
      ...(ru !== undefined && { ru }),
      ...(en !== undefined && { en }),
    };
  });
}

/** Null for a column that is more than its kind says. */
function kindOfColumn(schema: JsonObject): string | null {
  const found = KINDS.find(({ type, format }) => type === schema['type'] && format === schema['format']);
  return found && !('enum' in schema) && !('x-source' in schema) ? found.kind : null;
}
