import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import {
  arityOf,
  isComplete,
  OPERATORS,
  type ConditionField,
  type ConditionModel,
  type ConditionRow,
} from './condition-model.ts';
import styles from './condition-builder.module.css';
import { conditionTexts, kindText, operatorText } from './texts.ts';
import { ValueInput } from './value-input.tsx';

interface ConditionRowsProps {
  readonly model: ConditionModel;
  readonly fields: readonly ConditionField[];
  readonly language: 'ru' | 'en';
  readonly readOnly: boolean;
  readonly onChange: (model: ConditionModel) => void;
}

/** The lines «field – operator – value» and what joins them. */
export function ConditionRows({ model, fields, language, readOnly, onChange }: ConditionRowsProps) {
  const texts = conditionTexts[language];
  const { rows } = model;
  const replace = (index: number, row: ConditionRow): void => {
    onChange({ ...model, rows: rows.map((one, at) => (at === index ? row : one)) });
  };
  return (
    <div className={styles.rows}>
      {rows.length > 1 && (
        <Select
          className={styles.join}
          aria-label={texts.joinLabel}
          data={[
            { value: 'all', label: texts.all },
            { value: 'any', label: texts.any },
          ]}
          value={model.join}
          onChange={(join) => onChange({ ...model, join: join === 'any' ? 'any' : 'all' })}
          allowDeselect={false}
          readOnly={readOnly}
        />
      )}
      {rows.length === 0 && <p className={styles.none}>{fields.length === 0 ? texts.noFields : texts.none}</p>}
      {rows.map((row, index) => (
        <Row
          key={index}
          row={row}
          number={index + 1}
          fields={fields}
          language={language}
          readOnly={readOnly}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => onChange({ ...model, rows: rows.filter((_, at) => at !== index) })}
        />
      ))}
      {!readOnly && fields.length > 0 && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={styles.add}
          leftSection={<IconPlus size={16} aria-hidden />}
          onClick={() => onChange({ ...model, rows: [...rows, emptyRow(fields[0]!)] })}
        >
          {texts.add}
        </Button>
      )}
    </div>
  );
}

interface RowProps {
  readonly row: ConditionRow;
  readonly number: number;
  readonly fields: readonly ConditionField[];
  readonly language: 'ru' | 'en';
  readonly readOnly: boolean;
  readonly onChange: (row: ConditionRow) => void;
  readonly onRemove: () => void;
}

function Row({ row, number, fields, language, readOnly, onChange, onRemove }: RowProps) {
  const texts = conditionTexts[language];
  const field = fields.find(({ name }) => name === row.field) ?? fields[0]!;
  const complete = isComplete(row, field);
  const label = texts.row.replace('{{number}}', String(number));
  return (
    <div className={styles.row} role="group" aria-label={label}>
      <Select
        className={styles.field}
        aria-label={texts.field}
        data={fieldOptions(fields, texts.ownFields)}
        renderOption={({ option }) => (
          <FieldOption field={fields.find(({ name }) => name === option.value)!} language={language} />
        )}
        comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
        value={field.name}
        onChange={(name) => {
          const next = fields.find((one) => one.name === name);
          if (next !== undefined && next !== field) onChange(emptyRow(next));
        }}
        searchable
        allowDeselect={false}
        readOnly={readOnly}
      />
      <Select
        className={styles.operator}
        aria-label={texts.operator}
        data={OPERATORS[field.kind].map((one) => ({ value: one, label: operatorText(one, field.kind, language) }))}
        value={row.operator}
        onChange={(chosen) => onChange(withOperator(row, chosen ?? row.operator))}
        allowDeselect={false}
        readOnly={readOnly}
      />
      <ValueInput
        field={field}
        row={row}
        language={language}
        readOnly={readOnly}
        onChange={(values) => onChange({ ...row, values })}
      />
      {!readOnly && (
        <ActionIcon
          className={styles.remove}
          aria-label={texts.remove.replace('{{number}}', String(number))}
          onClick={onRemove}
        >
          <IconTrash size={16} aria-hidden />
        </ActionIcon>
      )}
      {!complete && <p className={styles.incomplete}>{texts.incomplete}</p>}
    </div>
  );
}

/** Under headings, once some fields have one. */
function fieldOptions(fields: readonly ConditionField[], own: string) {
  const option = ({ name, label }: ConditionField) => ({ value: name, label });
  const groups = [...new Set(fields.map(({ group }) => group))];
  if (groups.length <= 1) return fields.map(option);
  return groups.map((group) => ({
    group: group ?? own,
    items: fields.filter((one) => one.group === group).map(option),
  }));
}

function FieldOption({ field, language }: { readonly field: ConditionField; readonly language: 'ru' | 'en' }) {
  const { label, kind, hint } = field;
  return (
    <span className={styles.option}>
      <span>{label}</span>
      <span className={styles.hint}>{[kindText(kind, language), hint].filter(Boolean).join(', ')}</span>
    </span>
  );
}

function emptyRow({ name, kind }: ConditionField): ConditionRow {
  return { field: name, operator: OPERATORS[kind][0]!, values: [] };
}

/** Values are kept as far as the new operator takes them. */
function withOperator(row: ConditionRow, operator: ConditionRow['operator']): ConditionRow {
  const arity = arityOf(operator);
  return { ...row, operator, values: arity === 'many' ? row.values.filter(Boolean) : row.values.slice(0, arity) };
}
