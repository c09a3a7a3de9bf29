import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useForm, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { useOptions } from './choice-labels.ts';
import { FieldSet } from './field-set.tsx';

/** Each option is a button that answers and sends the form at once: «Принять», «Вернуть на доработку». */
export function ActionsField(binding: FieldBinding) {
  const { submit } = useForm();
  const options = useOptions(binding);
  const { field, value, change, inputId } = binding;
  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div className={styles.choices}>
          {options.map((option, index) => (
            <Button
              key={option.value}
              id={index === 0 ? inputId : `${inputId}-${index}`}
              variant="default"
              className={styles.target}
              aria-describedby={describedBy}
              aria-pressed={value === option.value}
              leftSection={value === option.value ? <IconCheck size={16} aria-hidden /> : undefined}
              onClick={() => {
                change(field, option.value);
                submit();
              }}
            >
              {option.label}
            </Button>
          ))}
        </div>
      )}
    </FieldSet>
  );
}
