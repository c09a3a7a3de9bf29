import type { FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { useOptions } from './choice-labels.ts';
import { FieldSet } from './field-set.tsx';

/** One of few, all in sight: native radio buttons (arrows, Tab and screen readers as everyone knows them) drawn as a row of buttons. */
export function RadioField(binding: FieldBinding) {
  const options = useOptions(binding);
  const { field, value, change, leave, inputId } = binding;
  const current = field.kind === 'boolean' && typeof value === 'boolean' ? String(value) : value;
  return (
    <FieldSet binding={binding} role="radiogroup">
      {(describedBy) => (
        <div className={styles.choices}>
          {options.map((option, index) => (
            <label key={option.value} className={styles.choice}>
              <input
                type="radio"
                id={index === 0 ? inputId : `${inputId}-${index}`}
                name={inputId}
                checked={current === option.value}
                aria-describedby={describedBy}
                onChange={() => change(field, field.kind === 'boolean' ? option.value === 'true' : option.value)}
                onBlur={leave}
              />
              <span>{option.label}</span>
            </label>
          ))}
        </div>
      )}
    </FieldSet>
  );
}
