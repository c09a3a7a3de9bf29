import type { ReactNode } from 'react';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';

interface FieldSetProps {
  readonly binding: FieldBinding;
  readonly role?: 'radiogroup' | 'group';
  /** Gets the ids of help and error for aria-describedby of the control that takes the focus. */
  readonly children: (describedBy: string | undefined) => ReactNode;
}

/** Label, help and error of a field that is several controls. */
export function FieldSet({ binding, role = 'group', children }: FieldSetProps) {
  const text = useViewerText();
  const { inputId, label, help, errors, required } = binding;
  const described =
    [help === undefined ? '' : `${inputId}-help`, errors.length > 0 ? `${inputId}-error` : '']
      .filter(Boolean)
      .join(' ') || undefined;
  const radios = role === 'radiogroup' && { 'aria-required': required, 'aria-invalid': errors.length > 0 };
  return (
    <div
      className={styles.set}
      role={role}
      aria-labelledby={`${inputId}-label`}
      aria-describedby={described}
      {...radios}
    >
      <div id={`${inputId}-label`} className={styles.label}>
        {label}
        {required && (
          <span className={styles.mark}>
            <span aria-hidden> *</span>
            <span className={styles.hidden}>, {text('required')}</span>
          </span>
        )}
      </div>
      {children(described)}
      {help !== undefined && (
        <div id={`${inputId}-help`} className={styles.help}>
          {help}
        </div>
      )}
      <div id={`${inputId}-error`} aria-live="polite">
        {errors.map((error) => (
          <div key={error.path + error.message} className={styles.error}>
            {error.message}
          </div>
        ))}
      </div>
    </div>
  );
}
