import { Popover } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { cellText, parseCell } from '../cell-text.ts';
import { inputOf } from '../field-input.tsx';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { useOptions } from './choice-labels.ts';
import styles from './table.module.css';
import { useFilterValues, useUnfitCleared } from './use-filter-values.ts';
import { useLookupLabel } from './use-lookup-label.ts';

interface CellInputProps {
  readonly binding: FieldBinding;
  readonly row: number;
}

/** Kinds that are written as one line of text, or chosen from a native list; every other kind opens its own input beside the cell. */
const TEXTS: readonly string[] = [
  'text',
  'phone',
  'email',
  'serial',
  'vin',
  'inn',
  'kpp',
  'ogrn',
  'bik',
  'account',
  'address',
];
const LINES: readonly string[] = [...TEXTS, 'integer', 'decimal', 'money', 'date'];
const LISTS: readonly string[] = ['choice', 'boolean'];

/**
 * Native inputs, not Mantine's: a table of 60 rows has 360 of them, and drawing Mantine's takes a second (forms-ux.md §A). What they
 * mean is the column's, and the row's number is said with it.
 */
export function CellInput({ binding, row }: CellInputProps): ReactNode {
  const { field } = binding;
  if (LINES.includes(field.kind)) return <LineCell binding={binding} row={row} />;
  if (LISTS.includes(field.kind)) return <ListCell binding={binding} row={row} />;
  return <PopupCell binding={binding} row={row} />;
}

function useCommon({ inputId, label, required, error }: FieldBinding, row: number) {
  const text = useViewerText();
  return {
    id: inputId,
    'aria-label': text('cellLabel', { label, row: row + 1 }),
    'aria-required': required,
    'aria-invalid': error !== undefined,
    'aria-describedby': error === undefined ? undefined : `${inputId}-error`,
  };
}

function LineCell({ binding, row }: CellInputProps) {
  const { language } = useForm();
  const { field, value, change, leave, placeholder } = binding;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? cellText(field, value, { language, options: [] });
  const isNumber = ['integer', 'decimal', 'money'].includes(field.kind);
  return (
    <input
      {...useCommon(binding, row)}
      className={styles.input}
      type="text"
      inputMode={field.kind === 'integer' ? 'numeric' : isNumber ? 'decimal' : undefined}
      autoComplete="off"
      placeholder={placeholder ?? field.mask}
      value={shown}
      onFocus={(event) => {
        setTyped(shown);
        event.currentTarget.select();
      }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        change(field, parseLine(binding, text));
      }}
      onBlur={() => {
        setTyped(undefined);
        leave();
      }}
    />
  );
}

/** Texts stay as they are typed, blanks at the end included; the pipeline trims them. */
function parseLine({ field }: FieldBinding, text: string) {
  return TEXTS.includes(field.kind) ? text : parseCell(field, text, { options: [] });
}

function ListCell({ binding, row }: CellInputProps) {
  const options = useOptions(binding);
  const { field, value, change, leave } = binding;
  const current = typeof value === 'boolean' ? String(value) : typeof value === 'string' ? value : '';
  const unknown = current !== '' && !options.some((option) => option.value === current);
  return (
    <select
      {...useCommon(binding, row)}
      className={styles.input}
      value={current}
      onChange={(event) => {
        const chosen = event.currentTarget.value;
        change(field, chosen === '' ? null : field.kind === 'boolean' ? chosen === 'true' : chosen);
      }}
      onBlur={leave}
    >
      <option value="">—</option>
      {unknown && <option value={current}>{current}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function PopupCell({ binding, row }: CellInputProps) {
  const { language } = useForm();
  const text = useViewerText();
  const options = useOptions(binding);
  const { field, value, inputId, label } = binding;
  const [opened, setOpened] = useState(false);
  const reference = useLookupLabel(field.source, typeof value === 'string' ? value : undefined);
  const shown = reference ?? cellText(field, value, { language, options });
  const common = useCommon(binding, row);
  const button = useRef<HTMLButtonElement>(null);
  useClosedOutside(opened, button, () => setOpened(false));
  useUnfitCleared(binding, useFilterValues(binding));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      closeOnClickOutside={false}
      trapFocus
      returnFocus
      position="bottom-start"
      width={320}
      shadow="md"
    >
      <Popover.Target>
        <button
          ref={button}
          type="button"
          id={inputId}
          className={styles.popup}
          aria-label={text('editCell', { label, row: row + 1, value: shown })}
          aria-describedby={common['aria-describedby']}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <span className={styles.popupText}>{shown}</span>
          <IconPencil size={14} aria-hidden className={styles.popupIcon} />
        </button>
      </Popover.Target>
      <Popover.Dropdown onKeyDown={(event) => event.stopPropagation()}>
        {inputOf({ ...binding, inputId: `${inputId}-popup` }, undefined)}
      </Popover.Dropdown>
    </Popover>
  );
}

/** A list that the input opens lies in a portal of its own: to choose from it is no click outside. */
function useClosedOutside(opened: boolean, button: RefObject<HTMLElement | null>, close: () => void): void {
  const closing = useRef(close);
  useEffect(() => {
    closing.current = close;
  });
  useEffect(() => {
    if (!opened) return undefined;
    const onPointer = ({ target }: Event): void => {
      const inside = target instanceof Element && target.closest('[data-portal]') !== null;
      if (!inside && !button.current?.contains(target as Node)) closing.current();
    };
    document.addEventListener('pointerdown', onPointer);
    return () => document.removeEventListener('pointerdown', onPointer);
  }, [opened, button]);
}
