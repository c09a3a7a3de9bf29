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
import { ActionsField } from './fields/actions-field.tsx';
import { DatetimeField } from './fields/datetime-field.tsx';
import { DurationField } from './fields/duration-field.tsx';
import { GeoPointField } from './fields/geo-point-field.tsx';
import { MarkdownField } from './fields/markdown-field.tsx';
import { PeriodField } from './fields/period-field.tsx';
import { SignatureField } from './fields/signature-field.tsx';
import { TimeField } from './fields/time-field.tsx';
import type { FieldBinding } from './form-context.ts';

/** The input of a field or of a cell; a table, which is none, has its own. */
export function inputOf(binding: FieldBinding, rows: number | undefined): ReactNode {
  switch (binding.field.widget) {
    case 'text':
    case 'textarea':
    case 'phone':
    case 'email':
    case 'serial':
    case 'vin':
    case 'inn':
    case 'kpp':
    case 'ogrn':
    case 'bik':
    case 'account':
    case 'address':
      return <TextField {...binding} rows={rows} />;
    case 'number':
    case 'money':
    case 'percent':
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
    case 'actions':
      return <ActionsField {...binding} />;
    case 'time':
      return <TimeField {...binding} />;
    case 'datetime':
      return <DatetimeField {...binding} />;
    case 'period':
      return <PeriodField {...binding} />;
    case 'duration':
      return <DurationField {...binding} />;
    case 'geo-point':
      return <GeoPointField {...binding} />;
    case 'signature':
      return <SignatureField {...binding} />;
    case 'markdown':
      return <MarkdownField {...binding} rows={rows} />;
    case 'table':
      throw new Error(`Expected a value to be asked for, but <${binding.field.name}> is a table.`);
    case 'rich-text':
      return <ReadonlyValue {...binding} />;
  }
}
