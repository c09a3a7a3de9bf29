import { formatMoney, type FormField } from '#engine';
import { useSyncExternalStore } from 'react';
import { cellText } from '../cell-text.ts';
import { useForm, useViewerText } from '../form-context.ts';
import type { TableView } from './use-table.ts';
import styles from './table.module.css';

/** The sums below the table, always in sight. */
export function TableTotals({ view }: { readonly view: TableView }) {
  const text = useViewerText();
  const { columns, fixed, options, table } = view;
  const totals = options!.totals;
  return (
    <tfoot>
      <tr>
        <th scope="row" className={styles.number}>
          <span aria-label={text('total')}>Σ</span>
        </th>
        {columns.map((column) => (
          <td key={column.name} data-kind={column.kind} className={styles.total}>
            {totals.includes(column.column!.key) && <ColumnTotal table={table} column={column} />}
          </td>
        ))}
        {!fixed && <td className={styles.acts} />}
      </tr>
    </tfoot>
  );
}

export function ColumnTotal({ table, column }: { readonly table: FormField; readonly column: FormField }) {
  const { store, language } = useForm();
  const { key } = column.column!;
  const total = useSyncExternalStore(
    (listener) => store.subscribe(`${table.path}/-/${key}`, listener),
    () => sum(store.columnValues(table, key)),
  );
  return (
    <>{column.kind === 'money' ? formatMoney(total, language) : cellText(column, total, { language, options: [] })}</>
  );
}

/** Decimals are added as hundred-millionths, so that 0.1 + 0.2 is 0.3. */
function sum(values: readonly unknown[]): number {
  const numbers = values.filter((value): value is number => typeof value === 'number');
  if (numbers.every(Number.isInteger)) return numbers.reduce((total, value) => total + value, 0);
  return numbers.reduce((total, value) => total + Math.round(value * 1e8), 0) / 1e8;
}
