import type { FormModel, TaskBinding } from '#engine';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import styles from './fields-table.module.css';
import { accessMap, mayBeWritten, withAccess, type AccessKind, type AccessMap } from './model/access-map.ts';
import { bindingLike } from './model/binding-of.ts';
import { formSections, foundSections, type FormSection, type SectionRow } from './model/form-sections.ts';

const KINDS: readonly AccessKind[] = ['readable', 'writable', 'requiredHere'];

interface FieldsTableProps {
  readonly stepName: string;
  readonly form: FormModel;
  readonly binding: TaskBinding;
  /** That of the deployed version, when it shows the same form. */
  readonly stands: TaskBinding | undefined;
  readonly onChange: (binding: TaskBinding) => void;
}

/** Who sees, changes and must fill what at one step; a heading ticks its whole section. */
export function FieldsTable({ stepName, form, binding, stands, onChange }: FieldsTableProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [search, setSearch] = useState('');
  const map = useMemo(() => accessMap(form, binding), [form, binding]);
  const sections = useMemo(() => formSections(form, language), [form, language]);
  const found = foundSections(sections, search);
  const all = sections.flatMap(({ rows }) => rows);
  const tick: Tick = (rows, kind, on) => {
    const next = withAccess(form, map, { names: rows.map(({ field }) => field.name), kind, on });
    onChange(bindingLike(form, next, stands));
  };
  return (
    <>
      <TextInput
        className={styles.search}
        type="search"
        size="xs"
        leftSection={<IconSearch size={14} aria-hidden />}
        placeholder={t('processes.findField')}
        aria-label={t('processes.findField')}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <table className={styles.table} aria-label={t('processes.fieldsTable', { step: stepName })}>
        <thead>
          <tr>
            <th scope="col">{t('processes.columnField')}</th>
            {KINDS.map((kind) => (
              <th key={kind} scope="col" data-tick>
                {t(`processes.${kind}`)}
              </th>
            ))}
          </tr>
        </thead>
        {search.trim() === '' && (
          <tbody>
            <Heading title={t('processes.whole')} rows={all} map={map} onTick={tick} whole />
          </tbody>
        )}
        {found.map((section) => (
          <Section key={section.key} section={section} map={map} onTick={tick} titled={sections.length > 1} />
        ))}
      </table>
      {found.length === 0 && <p className={styles.quiet}>{t('processes.fieldNotFound')}</p>}
    </>
  );
}

type Tick = (rows: readonly SectionRow[], kind: AccessKind, on: boolean) => void;

interface SectionProps {
  readonly section: FormSection;
  readonly map: AccessMap;
  readonly onTick: Tick;
  readonly titled: boolean;
}

function Section({ section: { title, rows }, map, onTick, titled }: SectionProps) {
  const { t } = useTranslation();
  return (
    <tbody>
      {titled && <Heading title={title ?? t('processes.otherFields')} rows={rows} map={map} onTick={onTick} />}
      {rows.map((row) => (
        <tr key={row.field.name} data-column={row.field.column !== undefined || undefined}>
          <th scope="row">
            <span>{row.label}</span>
            <Note row={row} />
          </th>
          {KINDS.map((kind) => (
            <td key={kind} data-tick>
              <Box
                label={t('processes.tick', { what: t(`processes.${kind}`), label: row.label })}
                state={map.get(row.field.name)?.[kind] ?? false}
                disabled={kind !== 'readable' && !mayBeWritten(row.field)}
                onTick={(on) => onTick([row], kind, on)}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

interface HeadingProps extends Omit<SectionProps, 'section' | 'titled'> {
  readonly title: string;
  readonly rows: readonly SectionRow[];
  readonly whole?: boolean;
}

function Heading({ title, rows, map, onTick, whole = false }: HeadingProps) {
  const { t } = useTranslation();
  // A table speaks for its columns, which are not asked one by one.
  const fields = rows.filter(({ field }) => field.column === undefined);
  const stateOf = (kind: AccessKind): boolean | 'some' => {
    const counted = (kind === 'requiredHere' ? fields : rows).filter(
      ({ field }) => kind === 'readable' || mayBeWritten(field),
    );
    const on = counted.filter(({ field }) => map.get(field.name)?.[kind]).length;
    return on === 0 ? false : on === counted.length ? true : 'some';
  };
  return (
    <tr data-heading={whole ? 'whole' : 'section'}>
      <th scope="rowgroup">{title}</th>
      {KINDS.map((kind) => (
        <td key={kind} data-tick>
          <Box
            label={t('processes.tick', { what: t(`processes.${kind}`), label: title })}
            state={stateOf(kind)}
            disabled={kind !== 'readable' && !fields.some(({ field }) => mayBeWritten(field))}
            onTick={(on) => onTick(fields, kind, on)}
          />
        </td>
      ))}
    </tr>
  );
}

/** What the form itself says about the field. */
function Note({ row: { field } }: { readonly row: SectionRow }) {
  const { t } = useTranslation();
  const notes = [
    ...(field.table ? [t('processes.rows')] : []),
    ...(field.required ? [t('processes.formRequired')] : []),
    ...(field.rules.value ? [t('processes.computed')] : field.readOnly ? [t('processes.readOnlyField')] : []),
    ...(field.rules.visible ? [t('processes.byCondition', { rule: field.rules.visible.expression.text })] : []),
  ];
  return notes.length === 0 ? null : <span className={styles.note}>{notes.join(' · ')}</span>;
}

interface BoxProps {
  readonly label: string;
  readonly state: boolean | 'some';
  readonly disabled: boolean;
  readonly onTick: (on: boolean) => void;
}

/** The browser's own: a form of 300 fields has nine hundred of them. */
function Box({ label, state, disabled, onTick }: BoxProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.indeterminate = state === 'some';
  }, [state]);
  return (
    <label className={styles.box}>
      <input
        ref={input}
        type="checkbox"
        aria-label={label}
        checked={state === true}
        disabled={disabled}
        onChange={(event) => onTick(event.currentTarget.checked)}
      />
    </label>
  );
}
