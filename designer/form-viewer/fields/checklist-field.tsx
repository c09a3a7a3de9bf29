import { Checkbox } from '@mantine/core';
import type { FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { useOptions } from './choice-labels.ts';
import { FieldSet } from './field-set.tsx';

/** Some of few, all in sight. The value keeps the order of the options, whatever the order of ticking. */
export function ChecklistField(binding: FieldBinding) {
  const options = useOptions(binding);
  const { field, value, change, leave, inputId } = binding;
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div className={styles.checks}>
          {options.map((option, index) => (
            <Checkbox
              key={option.value}
              id={index === 0 ? inputId : `${inputId}-${index}`}
              label={option.label}
              checked={chosen.includes(option.value)}
              aria-describedby={describedBy}
              className={styles.check}
              onBlur={leave}
              onChange={(event) => {
                const ticked = event.currentTarget.checked;
                const kept = options.filter(({ value: item }) =>
                  item === option.value ? ticked : chosen.includes(item),
                );
                change(
                  field,
                  kept.map((item) => item.value),
                );
              }}
            />
          ))}
        </div>
      )}
    </FieldSet>
  );
}
