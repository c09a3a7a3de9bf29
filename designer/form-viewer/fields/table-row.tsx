import type { FormField } from '#engine';
import { IconCopy, IconTrash } from '@tabler/icons-react';
import { memo, useSyncExternalStore, type Ref } from 'react';
import { inputId, useForm, useViewerText } from '../form-context.ts';
import formStyles from '../form-viewer.module.css';
import { TableCell } from './table-cell.tsx';
import styles from './table.module.css';

interface TableRowProps {
  readonly table: FormField;
  readonly columns: readonly FormField[];
  readonly rowId: string;
  readonly index: number;
  readonly fixed: boolean;
  readonly onDuplicate: (rowId: string) => void;
  readonly onRemove: (rowId: string) => void;
  readonly measure: Ref<HTMLTableRowElement> | undefined;
}

/** One row of the grid. It is drawn again when it moves; its cells look after themselves. */
export const TableRow = memo(DrawnRow, (before, now) =>
  // The acts are made anew at each drawing of the table and always do the same.
  (['table', 'columns', 'rowId', 'index', 'fixed', 'measure'] as const).every((name) => before[name] === now[name]),
);

function DrawnRow({ table, columns, rowId, index, fixed, onDuplicate, onRemove, measure }: TableRowProps) {
  const { idPrefix } = useForm();
  const text = useViewerText();
  const error = useRowError(table, rowId);
  const values = { row: index + 1 };
  return (
    <tr
      ref={measure}
      id={inputId(idPrefix, `${table.name}/${rowId}`)}
      tabIndex={-1}
      data-index={index}
      aria-rowindex={index + 2}
      data-wrong={error !== undefined || undefined}
      className={styles.row}
    >
      <th scope="row" className={styles.number}>
        {index + 1}
        {error !== undefined && <span className={formStyles.error}>{error}</span>}
      </th>
      {columns.map((column, at) => (
        <TableCell key={column.name} table={table} column={column} rowId={rowId} row={index} col={at} />
      ))}
      {!fixed && (
        <td className={styles.acts} data-row={index} data-col={columns.length}>
          <button
            type="button"
            tabIndex={-1}
            aria-label={text('duplicateRow', values)}
            onClick={() => onDuplicate(rowId)}
          >
            <IconCopy size={16} aria-hidden />
          </button>
          <button type="button" tabIndex={-1} aria-label={text('removeRow', values)} onClick={() => onRemove(rowId)}>
            <IconTrash size={16} aria-hidden />
          </button>
        </td>
      )}
    </tr>
  );
}

/** What is wrong with the row as a whole. */
export function useRowError(table: FormField, rowId: string): string | undefined {
  const { store } = useForm();
  return useSyncExternalStore(
    (listener) => store.subscribe(`${table.path}/${rowId}`, listener),
    () => store.rowErrors(table, rowId)[0]?.message,
  );
}
