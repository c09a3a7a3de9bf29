import { ActionIcon, Button, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { shownText } from '../document/document-texts.ts';
import type { FieldEntry, LayoutEntry } from '../document/form-document.ts';
import { columnKey, shownColumns } from '../document/table-columns.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { PALETTE, insertColumnCommand } from '../palette/palette-items.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { kindOfColumn } from './row-scope.ts';

/** The columns of a table in their order; each leads to its own properties. */
export function ColumnsList({ table, control }: { readonly table: FieldEntry; readonly control: LayoutEntry }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const columns = shownColumns(table, control);
  const remove = (column: FieldEntry): void => {
    if (store.run({ kind: 'removeColumn', columnId: column.id })) focusColumnName(neighbourOf(column, columns));
  };
  const text = PALETTE.find(({ id }) => id === 'text')!;
  return (
    <>
      <ol className={styles.options}>
        {columns.map((column, at) => {
          const title = shownText(document, `${column.name}.label`, columnKey(column));
          const kind = kindOfColumn(document, column);
          return (
            <li key={column.id} className={styles.column}>
              <UnstyledButton
                className={styles.columnName}
                data-column-name={column.id}
                onClick={() => store.selectColumn(control.id, column.id)}
              >
                <span>{title}</span>{' '}
                <span className={styles.quiet}>{kind === null ? '—' : words.named('kind', kind)}</span>
              </UnstyledButton>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === 0}
                aria-label={words('columnUp', { name: title })}
                onClick={() => store.run({ kind: 'moveColumn', columnId: column.id, index: at - 1 })}
              >
                <IconArrowUp size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={at === columns.length - 1}
                aria-label={words('columnDown', { name: title })}
                onClick={() => store.run({ kind: 'moveColumn', columnId: column.id, index: at + 2 })}
              >
                <IconArrowDown size={14} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                color="gray"
                disabled={columns.length === 1}
                aria-label={words('columnRemove', { name: title })}
                onClick={() => remove(column)}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </li>
          );
        })}
      </ol>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => store.run(insertColumnCommand(text, table, columns.length), { typeLabel: true })}
      >
        {words('addColumn')}
      </Button>
    </>
  );
}

/** The one that takes the place of a column that goes, or else the last that stays. */
export function neighbourOf(column: FieldEntry, columns: readonly FieldEntry[]): FieldEntry | undefined {
  const at = columns.findIndex(({ id }) => id === column.id);
  return columns[at + 1] ?? columns[at - 1];
}

/** After React has drawn the list without the column that had the focus. */
export function focusColumnName(column: FieldEntry | undefined): void {
  if (column === undefined) return;
  const name = `[data-column-name="${CSS.escape(column.id)}"]`;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(name)?.focus());
}
