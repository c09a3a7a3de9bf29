import type { FormField } from '#engine';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useForm, useViewerText } from '../form-context.ts';
import { moveInGrid } from '../table-keys.ts';
import formStyles from '../form-viewer.module.css';
import type { PasteTarget } from './paste-dialog.tsx';
import { TableRow } from './table-row.tsx';
import { TableTotals } from './table-totals.tsx';
import { useColumnLabel, type TableActs, type TableView } from './use-table.ts';
import styles from './table.module.css';

export interface TableBodyProps {
  readonly view: TableView;
  readonly acts: TableActs;
  /** The row somebody was led to. */
  readonly opened: string | undefined;
  readonly onOpen: (rowId: string | undefined) => void;
  readonly onAdd: (after?: string) => void;
  readonly onPaste: (target: PasteTarget) => void;
}

/** From here on only the rows in sight are drawn. */
const VIRTUAL_FROM = 30;
const ROW_HEIGHT = 37;

/** The table of a wide screen. Enter and arrows go from row to row, Tab from cell to cell, Ctrl+V takes what Excel copied. */
export function TableGrid({ view, acts, opened, onAdd, onPaste }: TableBodyProps) {
  const { idPrefix } = useForm();
  const text = useViewerText();
  const label = useColumnLabel();
  const { table, rowIds, columns, fixed, options } = view;
  const frame = useRef<HTMLDivElement>(null);
  const virtual = rowIds.length > VIRTUAL_FROM;
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer's functions are read while drawing, as it is meant
  const virtualizer = useVirtualizer({
    count: rowIds.length,
    enabled: virtual,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rowIds[index]!,
    overscan: 8,
    initialRect: { width: 800, height: 600 },
  });
  const index = opened === undefined ? -1 : rowIds.indexOf(opened);
  useEffect(() => {
    if (virtual && index !== -1) virtualizer.scrollToIndex(index, { align: 'center' });
  }, [virtual, index, virtualizer]);

  const shown = virtual
    ? virtualizer.getVirtualItems().map((item) => ({ index: item.index, start: item.start, end: item.end }))
    : rowIds.map((_, at) => ({ index: at, start: 0, end: 0 }));
  const above = shown[0]?.start ?? 0;
  const below = virtual ? virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0) : 0;
  const goTo = (row: number): void => {
    if (virtual) virtualizer.scrollToIndex(row);
  };

  return (
    <div
      ref={frame}
      className={styles.frame}
      data-virtual={virtual || undefined}
      onKeyDown={(event) => moveInGrid(event, { rows: rowIds.length, onAdd: fixed ? undefined : onAdd, goTo })}
      onPaste={(event) => {
        const pasted = event.clipboardData.getData('text/plain');
        const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
        // One cell of text goes into the input as everywhere else.
        if (!cell || !/[\t\n]/.test(pasted.trim())) return;
        event.preventDefault();
        onPaste({ from: Number(cell.dataset['row']), column: Number(cell.dataset['col']), text: pasted });
      }}
    >
      <table className={styles.grid} aria-rowcount={rowIds.length + 1} aria-label={label(table)}>
        <colgroup>
          <col className={styles.numberColumn} />
          {columns.map((column) => (
            <col key={column.name} style={{ width: widthOf(column, view) }} />
          ))}
          {!fixed && <col className={styles.actsColumn} />}
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className={styles.number}>
              <span className={formStyles.hidden}>{text('rowNumber')}</span>№
            </th>
            {columns.map((column) => (
              <th key={column.name} scope="col" id={`${idPrefix}-${column.name}-head`} data-kind={column.kind}>
                {label(column)}
                {column.required && !fixed && (
                  <span className={formStyles.mark} aria-hidden>
                    {' '}
                    *
                  </span>
                )}
              </th>
            ))}
            {!fixed && (
              <th scope="col" className={styles.acts}>
                <span className={formStyles.hidden}>{text('rowActions')}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {above > 0 && (
            <tr aria-hidden style={{ height: above }}>
              <td colSpan={columns.length + 2} />
            </tr>
          )}
          {shown.map((item) => (
            <TableRow
              key={rowIds[item.index]}
              table={table}
              columns={columns}
              rowId={rowIds[item.index]!}
              index={item.index}
              fixed={fixed}
              onDuplicate={acts.duplicate}
              onRemove={acts.remove}
              measure={virtual ? virtualizer.measureElement : undefined}
            />
          ))}
          {below > 0 && (
            <tr aria-hidden style={{ height: below }}>
              <td colSpan={columns.length + 2} />
            </tr>
          )}
        </tbody>
        {options !== undefined && options.totals.length > 0 && <TableTotals view={view} />}
      </table>
    </div>
  );
}

function widthOf(column: FormField, { options }: TableView): number {
  const chosen = options?.columns.find(({ key }) => key === column.column!.key)?.width;
  if (chosen !== undefined) return chosen;
  switch (column.kind) {
    case 'integer':
    case 'decimal':
      return 96;
    case 'money':
    case 'date':
      return 128;
    case 'boolean':
      return 88;
    default:
      return 176;
  }
}
