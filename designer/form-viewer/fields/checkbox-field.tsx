import { Checkbox } from '@mantine/core';
import type { FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';

export function CheckboxField({ field, value, label, help, error, inputId, change, leave }: FieldBinding) {
  return (
    <Checkbox
      id={inputId}
      label={label}
      description={help}
      error={error}
      checked={value === true}
      className={styles.check}
      onBlur={leave}
      onChange={(event) => change(field, event.currentTarget.checked)}
    />
  );
}
