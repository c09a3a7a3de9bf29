import type { FormField } from '#engine';
import { useCell, useViewerText, type FieldBinding } from '../form-context.ts';
import formStyles from '../form-viewer.module.css';
import { CellInput } from './cell-input.tsx';
import { useContent } from './readonly-value.tsx';
import styles from './table.module.css';

interface TableCellProps {
  readonly table: FormField;
  readonly column: FormField;
  readonly rowId: string;
  readonly row: number;
  readonly col: number;
}

/** One cell: an input, or what stands there. A key stroke draws this and the cells whose rules it changed. */
export function TableCell({ table, column, rowId, row, col }: TableCellProps) {
  const binding = useCell({ table, column, rowId });
  const visible = binding?.visible === true;
  return (
    <td
      className={styles.cell}
      data-kind={column.kind}
      data-row={row}
      data-col={col}
      data-wrong={(binding?.error !== undefined && visible) || undefined}
      data-plain={!visible || binding.readonly || undefined}
    >
      {binding &&
        visible &&
        (binding.readonly ? <PlainCell {...binding} /> : <CellInput binding={binding} row={row} />)}
      {binding && visible && binding.error !== undefined && (
        <div id={`${binding.inputId}-error`} className={formStyles.error}>
          <CellError {...binding} error={binding.error} />
        </div>
      )}
    </td>
  );
}

/** Under the heading of its column a mistake need not name it: «Не меньше 1.» */
function CellError({ errors, error, label }: FieldBinding & { readonly error: string }) {
  const text = useViewerText();
  if (errors[0]?.keyword === 'required') return <>{text('fillIn')}</>;
  const rest = error.replace(`«${label}»: `, '').replace(`“${label}”: `, '');
  return <>{rest.charAt(0).toUpperCase() + rest.slice(1)}</>;
}

function PlainCell(binding: FieldBinding) {
  const content = useContent(binding);
  return (
    <span id={binding.inputId} tabIndex={-1} className={styles.plain}>
      {content ?? ''}
    </span>
  );
}
