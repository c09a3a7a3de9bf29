import { ActionIcon, Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { FeelEditor } from '../../feel-editor/feel-editor.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { tableOf } from '../document/table-columns.ts';
import type { FieldEntry } from '../document/form-document.ts';
import { useDocument } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import {
  feelValue,
  readFilterLines,
  typedValue,
  withRegister,
  writeFilterLines,
  type FilterLine,
  type ValueType,
} from './filter-lines.ts';
import styles from './inspector.module.css';
import { ourNames } from './our-names.ts';
import { formVariables } from './row-scope.ts';
import { withWritten, type RegisterField } from './register-field.ts';

/** Stands in the list of our fields for a value that is typed. */
const FIXED = '=';

interface FilterInputProps {
  readonly field: FieldEntry;
  readonly value: string;
  readonly columns: readonly RegisterField[];
  readonly onChange: (filter: string) => void;
}

/** Which rows may be chosen: lines «поле справочника = поле формы», and what lines cannot say in FEEL. */
export function FilterInput({ field, value, columns, onChange }: FilterInputProps) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const [wantsFeel, setWantsFeel] = useState(false);
  // Lines that are not whole yet stand in no filter; they are kept while it is the one they gave.
  const [typed, setTyped] = useState<{ readonly lines: readonly FilterLine[]; readonly text: string } | null>(null);
  const lines = typed !== null && typed.text === value ? typed.lines : readFilterLines(value);
  const set = (next: readonly FilterLine[]): void => {
    const text = writeFilterLines(next);
    setTyped({ lines: next, text });
    if (text !== value) onChange(text);
  };
  const slow = (lines ?? []).some(({ register }) => columns.some((one) => one.value === register && !one.indexed));
  const asFeel = wantsFeel || lines === null;
  return (
    <div className={styles.part} role="group" aria-label={words('sourceFilter')}>
      <div className={styles.partTitle}>
        <span>{words('sourceFilter')}</span>
        <SegmentedControl
          size="xs"
          aria-label={words('sourceFilterView')}
          data={[
            { value: 'lines', label: words('sourceLines'), disabled: lines === null },
            { value: 'feel', label: 'FEEL' },
          ]}
          value={asFeel ? 'feel' : 'lines'}
          onChange={(view) => setWantsFeel(view === 'feel')}
        />
      </div>
      {asFeel ? (
        <FeelEditor
          value={value}
          onChange={onChange}
          label={words('kw_filter')}
          hideLabel
          multiline
          complete={false}
          language={language}
          variables={[
            ...columns.map((one) => ({ name: one.value, label: one.label, type: 'any' as const })),
            ...formVariables(document),
          ]}
        />
      ) : (
        <>
          {lines.map((line, at) => (
            <FilterLineInput
              key={at}
              number={at + 1}
              field={field}
              line={line}
              columns={columns}
              onChange={(next) => set(lines.map((one, index) => (index === at ? next : one)))}
              onRemove={() => set(lines.filter((_, index) => index !== at))}
            />
          ))}
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => set([...lines, { register: '' }])}
          >
            {words('sourceAddLine')}
          </Button>
          {slow && <p className={styles.quiet}>{words('sourceSlow')}</p>}
        </>
      )}
    </div>
  );
}

interface FilterLineInputProps {
  readonly number: number;
  readonly field: FieldEntry;
  readonly line: FilterLine;
  readonly columns: readonly RegisterField[];
  readonly onChange: (line: FilterLine) => void;
  readonly onRemove: () => void;
}

function FilterLineInput({ number, field, line, columns, onChange, onRemove }: FilterLineInputProps) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const { register, ours, value } = line;
  const typeOf = (name: string): ValueType => columns.find((one) => one.value === name)?.type;
  const names = ourNames(document, field);
  const inRow = tableOf(document, field.id) !== undefined;
  // `parent.x` says the same as `form.x`, unless a cell is called alike.
  const chosen = ours?.replace(/^parent\./, 'form.');
  const known = chosen === undefined || names.some((one) => one.value === chosen);
  const groups = [
    ...(inRow ? [{ group: words('sourceRow'), items: names.filter((one) => one.value.startsWith('row.')) }] : []),
    { group: words('sourceForm'), items: names.filter((one) => one.value.startsWith('form.')) },
    ...(known ? [] : [{ group: words('sourceOther'), items: [{ value: chosen, label: ours! }] }]),
    { group: words('sourceValue'), items: [{ value: FIXED, label: words('sourceValueTyped') }] },
  ].map(({ group, items }) => ({ group, items: [...items] }));
  return (
    <div className={styles.line} role="group" aria-label={words('sourceLine', { number })}>
      <Select
        size="xs"
        searchable
        aria-label={words('sourceField')}
        placeholder={words('sourceField')}
        data={withWritten(columns, register)}
        value={register === '' ? null : register}
        onChange={(next) => {
          const chosenField = next ?? '';
          const types = { type: typeOf(chosenField), before: typeOf(register) };
          onChange(withRegister(line, { register: chosenField, ...types, language }));
        }}
      />
      <span aria-hidden>=</span>
      <Select
        size="xs"
        searchable
        aria-label={words('sourceOurs')}
        placeholder={words('sourceOurs')}
        data={groups}
        value={chosen ?? (value === undefined ? null : FIXED)}
        onChange={(next) => {
          if (next === FIXED) onChange({ register, value: value ?? '' });
          else onChange({ register, ...(next !== null && { ours: next }) });
        }}
      />
      <ActionIcon variant="subtle" color="gray" aria-label={words('sourceRemoveLine', { number })} onClick={onRemove}>
        <IconX size={14} aria-hidden />
      </ActionIcon>
      {value !== undefined && (
        <FixedValue value={value} type={typeOf(register)} onChange={(next) => onChange({ register, value: next })} />
      )}
    </div>
  );
}

interface FixedValueProps {
  readonly value: string;
  readonly type: ValueType;
  readonly onChange: (value: string) => void;
}

/** What is typed stays as it is, spaces too, while it says the value; after an undo, or of another line, it no longer does. */
function FixedValue({ value, type, onChange }: FixedValueProps) {
  const words = useWords();
  const language = useLanguage();
  const [typed, setTyped] = useState('');
  const isMoney = type === 'money';
  return (
    <TextInput
      className={styles.lineValue}
      size="xs"
      aria-label={words('sourceValue')}
      placeholder={words('sourceValue')}
      value={feelValue(typed, type) === value ? typed : typedValue(value, type, language)}
      {...(isMoney && { inputMode: 'decimal', rightSection: <span aria-hidden>₽</span> })}
      onBlur={() => setTyped('')}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(feelValue(event.currentTarget.value, type));
      }}
    />
  );
}
