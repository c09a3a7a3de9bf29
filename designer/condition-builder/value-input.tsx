import { MultiSelect, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { moneyText, parseMoney } from '../form-viewer/number-text.ts';
import { arityOf, type ConditionField, type ConditionRow } from './condition-model.ts';
import styles from './condition-builder.module.css';
import { conditionTexts } from './texts.ts';

interface ValueInputProps {
  readonly field: ConditionField;
  readonly row: ConditionRow;
  readonly language: 'ru' | 'en';
  readonly readOnly: boolean;
  readonly onChange: (values: readonly string[]) => void;
}

/** The value, or values, that an operator takes, asked for as the kind of the field wants it. */
export function ValueInput(props: ValueInputProps) {
  const { field, row, language, readOnly, onChange } = props;
  const texts = conditionTexts[language];
  const arity = arityOf(row.operator);
  if (arity === 0) return <div className={styles.noValue} />;
  if (arity === 'many') {
    return (
      <MultiSelect
        className={styles.value}
        aria-label={texts.value}
        placeholder={row.values.length === 0 ? texts.choose : undefined}
        data={choicesOf(field, row.values)}
        value={[...row.values]}
        onChange={onChange}
        readOnly={readOnly}
        searchable
        hidePickedOptions
      />
    );
  }
  if (arity === 2) {
    const [from = '', to = ''] = row.values;
    return (
      <div className={styles.pair}>
        <OneValue {...props} label={texts.from} value={from} onValue={(value) => onChange([value, to])} />
        <span aria-hidden>–</span>
        <OneValue {...props} label={texts.to} value={to} onValue={(value) => onChange([from, value])} />
      </div>
    );
  }
  return <OneValue {...props} label={texts.value} value={row.values[0] ?? ''} onValue={(value) => onChange([value])} />;
}

function OneValue({
  field,
  language,
  readOnly,
  label,
  value,
  onValue,
}: ValueInputProps & {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
}) {
  const common = { className: styles.value, 'aria-label': label, readOnly };
  if ((field.kind === 'choice' || field.kind === 'list') && field.choices !== undefined) {
    return (
      <Select
        {...common}
        data={choicesOf(field, value === '' ? [] : [value])}
        value={value === '' ? null : value}
        placeholder={conditionTexts[language].choose}
        onChange={(chosen) => onValue(chosen ?? '')}
        searchable
        allowDeselect={false}
      />
    );
  }
  if (field.kind === 'number' || field.kind === 'money') {
    return <NumberValue {...common} field={field} language={language} value={value} onValue={onValue} />;
  }
  const type = field.kind === 'date' ? 'date' : 'text';
  return <TextInput {...common} type={type} value={value} onChange={(event) => onValue(event.currentTarget.value)} />;
}

/** What is typed stays as it is while the field has the focus; the value is decimal text, of money whole kopecks. */
function NumberValue({
  field,
  language,
  value,
  onValue,
  ...common
}: {
  readonly field: ConditionField;
  readonly language: 'ru' | 'en';
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly className: string | undefined;
  readonly 'aria-label': string;
  readonly readOnly: boolean;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const isMoney = field.kind === 'money';
  const shown = isMoney
    ? moneyText(/^-?\d+$/.test(value) ? Number(value) : value, language)
    : language === 'ru'
      ? value.replace('.', ',')
      : value;
  return (
    <TextInput
      {...common}
      inputMode="decimal"
      value={typed ?? shown}
      rightSection={isMoney ? <span aria-hidden>₽</span> : undefined}
      onFocus={() => setTyped(shown)}
      onBlur={() => setTyped(null)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        onValue(isMoney ? String(parseMoney(text) ?? '') : text.replace(/[\s\u00a0]/g, '').replace(',', '.'));
      }}
    />
  );
}

/** A value that the field has lost since is kept and shown as it is. */
function choicesOf({ choices = [] }: ConditionField, values: readonly string[]): { value: string; label: string }[] {
  const lost = values.filter((value) => !choices.some((choice) => choice.value === value));
  return [...choices, ...lost.map((value) => ({ value, label: value }))];
}
