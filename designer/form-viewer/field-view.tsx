import type { FormField, TableOptions } from '#engine';
import { inputOf } from './field-input.tsx';
import { ReadonlyValue } from './fields/readonly-value.tsx';
import { TableField } from './fields/table-field.tsx';
import { useField } from './form-context.ts';
import styles from './form-viewer.module.css';

interface FieldViewProps {
  readonly field: FormField;
  readonly rows: number | undefined;
  readonly table?: TableOptions | undefined;
}

/** One field, or nothing while it is hidden. */
export function FieldView({ field, rows, table }: FieldViewProps) {
  const binding = useField(field);
  if (!binding.visible) return null;
  return (
    <div className={styles.field} data-field={field.name}>
      {field.table ? (
        <TableField binding={binding} options={table} />
      ) : binding.readonly ? (
        <ReadonlyValue {...binding} />
      ) : (
        inputOf(binding, rows)
      )}
    </div>
  );
}
