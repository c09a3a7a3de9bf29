import { formText, ROW_ID, type TableOptions } from '#engine';
import { Button } from '@mantine/core';
import { IconClipboard, IconPlus, IconTablePlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { inputId, useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import type { RowValues } from '../row-views.ts';
import { emptyRow, pasteRows } from '../table-edits.ts';
import type { PastePlan } from '../table-paste.ts';
import { useNarrow } from '../use-narrow.ts';
import formStyles from '../form-viewer.module.css';
import { FieldSet } from './field-set.tsx';
import { PasteDialog, type PasteTarget } from './paste-dialog.tsx';
import { TableCards } from './table-cards.tsx';
import { TableGrid } from './table-grid.tsx';
import { useTableActs, useTableView } from './use-table.ts';
import styles from './table.module.css';

interface TableFieldProps {
  readonly binding: FieldBinding;
  readonly options: TableOptions | undefined;
}

/** Rows of typed columns: a grid that is filled with the keyboard, on a phone cards. */
export function TableField({ binding, options }: TableFieldProps) {
  const { form, language, idPrefix, store, revealer } = useForm();
  const text = useViewerText();
  const { field: table, inputId: addId } = binding;
  const view = useTableView(table, options);
  const acts = useTableActs(table, {
    removed: (row) => text('rowRemoved', { row }),
    duplicated: (row) => text('rowDuplicated', { row }),
  });
  const narrow = useNarrow();
  const [pasting, setPasting] = useState<PasteTarget | undefined>(undefined);
  const [opened, setOpened] = useState<string | undefined>(undefined);
  const { rowIds, columns, fixed, full } = view;

  useEffect(
    () =>
      revealer.register((owner) => {
        const [name, rowId] = owner.split('/');
        if (name === table.name && rowId !== undefined) setOpened(rowId);
      }),
    [revealer, table],
  );

  const addRow = (after?: string): void => {
    if (fixed || full) return;
    const rowId = acts.add(after);
    const [first] = columns.filter((column) => !column.rules.value && !column.readOnly);
    setOpened(rowId);
    if (first) {
      const owner = `${table.name}/${rowId}/${first.column!.key}`;
      revealer.focus(owner, inputId(idPrefix, owner));
    }
  };
  const paste = (plan: PastePlan, from: number): void => {
    const make = (values: RowValues): RowValues => emptyRow({ table, binding: store.setting.binding }, values);
    const before = store.rows(table);
    const limit = table.limits.maxItems ?? Infinity;
    const after = pasteRows(before, plan.rows.slice(0, Math.max(0, limit - from)), { from, may: !fixed, make });
    acts.replace(after, text('pasted', { count: plan.rows.length }));
    setPasting(undefined);
    const first = after[from]?.[ROW_ID] as string | undefined;
    if (first !== undefined) revealer.focus(`${table.name}/${first}`, inputId(idPrefix, `${table.name}/${first}`));
  };

  const addLabel = (options?.addLabel && formText(form, language, options.addLabel)) ?? text('addRow');
  const add = (
    <Button
      id={addId}
      variant="default"
      className={formStyles.target}
      leftSection={<IconPlus size={16} aria-hidden />}
      aria-disabled={full || undefined}
      onClick={() => addRow()}
    >
      {addLabel}
    </Button>
  );
  const props = { view, acts, opened, onOpen: setOpened, onAdd: addRow, onPaste: setPasting };
  return (
    <FieldSet binding={fixed ? { ...binding, required: false } : binding}>
      {() => (
        <div className={styles.table}>
          {rowIds.length === 0 ? (
            <div className={styles.empty} tabIndex={fixed ? -1 : undefined} id={fixed ? addId : undefined}>
              {!fixed && <IconTablePlus size={28} stroke={1.5} aria-hidden className={styles.emptyIcon} />}
              <span>{text(fixed ? 'noRows' : 'emptyTable')}</span>
            </div>
          ) : narrow ? (
            <TableCards {...props} />
          ) : (
            <TableGrid {...props} />
          )}
          {!fixed && (
            <div className={styles.actions}>
              {add}
              <Button
                variant="subtle"
                color="gray"
                className={formStyles.target}
                leftSection={<IconClipboard size={16} aria-hidden />}
                onClick={() => setPasting({ from: rowIds.length, column: 0, text: '' })}
              >
                {text('pasteTable')}
              </Button>
              {full && <span className={styles.words}>{text('tableFull', { count: rowIds.length })}</span>}
              {acts.undo && (
                <span className={formStyles.undo} role="status">
                  {acts.told}
                  <Button variant="subtle" size="compact-sm" className={formStyles.target} onClick={acts.undo}>
                    {text('undo')}
                  </Button>
                </span>
              )}
            </div>
          )}
          {pasting && (
            <PasteDialog view={view} target={pasting} onClose={() => setPasting(undefined)} onPaste={paste} />
          )}
        </div>
      )}
    </FieldSet>
  );
}
