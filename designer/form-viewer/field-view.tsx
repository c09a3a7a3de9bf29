import type { FormField } from '#engine';
import type { ReactNode } from 'react';
import { CheckboxField } from './fields/checkbox-field.tsx';
import { ChecklistField } from './fields/checklist-field.tsx';
import { DateField } from './fields/date-field.tsx';
import { FilesField } from './fields/files-field.tsx';
import { LookupField } from './fields/lookup-field.tsx';
import { MultiselectField } from './fields/multiselect-field.tsx';
import { NumberField } from './fields/number-field.tsx';
import { RadioField } from './fields/radio-field.tsx';
import { ReadonlyValue } from './fields/readonly-value.tsx';
import { SelectField } from './fields/select-field.tsx';
import { TextField } from './fields/text-field.tsx';
import { useField, type FieldBinding } from './form-context.ts';
import styles from './form-viewer.module.css';

interface FieldViewProps {
  readonly field: FormField;
  readonly rows: number | undefined;
}

/** One field, or nothing while it is hidden. */
export function FieldView({ field, rows }: FieldViewProps) {
  const binding = useField(field);
  if (!binding.visible) return null;
  return (
    <div className={styles.field} data-field={field.name}>
      {binding.readonly ? <ReadonlyValue {...binding} /> : inputOf(binding, rows)}
    </div>
  );
}

function inputOf(binding: FieldBinding, rows: number | undefined): ReactNode {
  switch (binding.field.widget) {
    case 'text':
    case 'textarea':
    case 'phone':
    case 'email':
    case 'serial':
      return <TextField {...binding} rows={rows} />;
    case 'number':
    case 'money':
      return <NumberField {...binding} />;
    case 'date':
      return <DateField {...binding} />;
    case 'checkbox':
      return <CheckboxField {...binding} />;
    case 'yes-no':
    case 'radio':
      return <RadioField {...binding} />;
    case 'select':
      return <SelectField {...binding} />;
    case 'multiselect':
      return <MultiselectField {...binding} />;
    case 'checklist':
      return <ChecklistField {...binding} />;
    case 'lookup':
      return <LookupField {...binding} />;
    case 'files':
      return <FilesField {...binding} />;
  }
}
