import type { FormField, ReferenceSource } from '#engine';
import { Button } from '@mantine/core';
import { IconChevronDown, IconCopy, IconTrash } from '@tabler/icons-react';
import { Fragment, memo, useState, useSyncExternalStore } from 'react';
import { cellText } from '../cell-text.ts';
import { inputOf } from '../field-input.tsx';
import { inputId, useCell, useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import type { CellAddress } from '../row-views.ts';
import formStyles from '../form-viewer.module.css';
import { optionsOf } from './choice-labels.ts';
import { ReadonlyValue } from './readonly-value.tsx';
import type { TableBodyProps } from './table-grid.tsx';
import { useRowError } from './table-row.tsx';
import { ColumnTotal } from './table-totals.tsx';
import { useFilterValues, useUnfitCleared } from './use-filter-values.ts';
import { useLookupLabel } from './use-lookup-label.ts';
import { useColumnLabel } from './use-table.ts';
import styles from './table.module.css';

/** More cards than these are drawn when asked for: a finger scrolls past them, not to them. */
const AT_ONCE = 30;

/** The table of a phone: a card a row, closed to what it holds, one open to be filled. */
export function TableCards({ view, acts, opened, onOpen }: TableBodyProps) {
  const text = useViewerText();
  const label = useColumnLabel();
  const { table, rowIds, columns, fixed, options } = view;
  const [limit, setLimit] = useState(AT_ONCE);
  const reach = Math.max(limit, opened === undefined ? 0 : rowIds.indexOf(opened) + 1);
  const totals = columns.filter(({ column }) => options?.totals.includes(column!.key));
  return (
    <>
      <ol className={styles.cards} aria-label={label(table)}>
        {rowIds.slice(0, reach).map((rowId, index) => (
          <Card
            key={rowId}
            table={table}
            columns={columns}
            rowId={rowId}
            index={index}
            open={opened === rowId}
            fixed={fixed}
            onToggle={onOpen}
            onDuplicate={acts.duplicate}
            onRemove={acts.remove}
          />
        ))}
      </ol>
      {rowIds.length > reach && (
        <Button variant="subtle" className={formStyles.target} onClick={() => setLimit(reach + AT_ONCE)}>
          {text('moreRows', { count: rowIds.length - reach })}
        </Button>
      )}
      {totals.length > 0 && (
        <dl className={styles.cardTotals}>
          {totals.map((column) => (
            <div key={column.name}>
              <dt>{text('totalOf', { label: label(column) })}</dt>
              <dd>
                <ColumnTotal table={table} column={column} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

interface CardProps {
  readonly table: FormField;
  readonly columns: readonly FormField[];
  readonly rowId: string;
  readonly index: number;
  readonly open: boolean;
  readonly fixed: boolean;
  readonly onToggle: (rowId: string | undefined) => void;
  readonly onDuplicate: (rowId: string) => void;
  readonly onRemove: (rowId: string) => void;
}

const Card = memo(DrawnCard, (before, now) =>
  (['columns', 'rowId', 'index', 'open', 'fixed'] as const).every((name) => before[name] === now[name]),
);

function DrawnCard({ table, columns, rowId, index, open, fixed, onToggle, onDuplicate, onRemove }: CardProps) {
  const { idPrefix } = useForm();
  const text = useViewerText();
  const error = useRowError(table, rowId);
  const id = inputId(idPrefix, `${table.name}/${rowId}`);
  return (
    <li className={styles.card} data-open={open || undefined}>
      <button
        type="button"
        id={id}
        className={styles.cardHead}
        aria-expanded={open}
        aria-controls={open ? `${id}-body` : undefined}
        onClick={() => onToggle(open ? undefined : rowId)}
      >
        <span className={styles.cardNumber}>{index + 1}</span>
        <span className={styles.cardWords}>
          <CardWords table={table} columns={columns} rowId={rowId} />
        </span>
        <IconChevronDown size={18} aria-hidden className={styles.chevron} />
      </button>
      {error !== undefined && <div className={formStyles.error}>{error}</div>}
      {!open &&
        columns.filter(isFiltered).map((one) => <UnfitCleared key={one.name} {...{ table, rowId }} column={one} />)}
      {open && (
        <div id={`${id}-body`} className={styles.cardBody}>
          {columns.map((column) => (
            <CardField key={column.name} table={table} column={column} rowId={rowId} />
          ))}
          {!fixed && (
            <div className={styles.cardActs}>
              <Button
                variant="subtle"
                color="gray"
                className={formStyles.target}
                leftSection={<IconCopy size={16} aria-hidden />}
                onClick={() => onDuplicate(rowId)}
              >
                {text('duplicate')}
              </Button>
              <Button
                variant="subtle"
                color="red"
                className={formStyles.target}
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => onRemove(rowId)}
              >
                {text('delete')}
              </Button>
            </div>
          )}
        </div>
      )}
    </li>
  );
}

/** The row that was looked up by its name; its key until that is known. */
function ReferenceWord({ source, value }: { readonly source: ReferenceSource; readonly value: string }) {
  return useLookupLabel(source, value) ?? value;
}

function isFiltered({ source }: FormField): boolean {
  return source?.register?.filter !== undefined;
}

/** A closed card has no input that would notice that what was chosen no longer fits. */
function UnfitCleared(address: CellAddress) {
  const binding = useCell(address);
  return binding && !binding.readonly ? <Watched {...binding} /> : null;
}

function Watched(binding: FieldBinding) {
  useUnfitCleared(binding, useFilterValues(binding));
  return null;
}

function CardField({
  table,
  column,
  rowId,
}: {
  readonly table: FormField;
  readonly column: FormField;
  readonly rowId: string;
}) {
  const binding = useCell({ table, column, rowId });
  if (!binding?.visible) return null;
  return (
    <div className={formStyles.field} data-field={column.name}>
      {binding.readonly ? <ReadonlyValue {...binding} /> : inputOf(binding, undefined)}
    </div>
  );
}

/** The filled values of the row in one line: what a person looks for when the card is closed. */
function CardWords({
  table,
  columns,
  rowId,
}: {
  readonly table: FormField;
  readonly columns: readonly FormField[];
  readonly rowId: string;
}) {
  const { form, store, language } = useForm();
  const text = useViewerText();
  // One text, because a snapshot is compared by identity: what each column says, by its name.
  const words = useSyncExternalStore(
    (listener) => {
      const paths = columns.map(({ column }) => `${table.path}/${rowId}/${column!.key}`);
      const stop = paths.map((path) => store.subscribe(path, listener));
      return () => stop.forEach((unsubscribe) => unsubscribe());
    },
    () => {
      const said = columns.map((column): readonly [string, string] => {
        const cell = store.cell({ table, column, rowId });
        if (!cell?.visible) return [column.name, ''];
        const options = cell.options ?? optionsOf(form, column, language);
        return [column.name, cellText(column, cell.value, { language, options })];
      });
      return JSON.stringify(said.filter(([, word]) => word !== ''));
    },
  );
  const said = JSON.parse(words) as readonly (readonly [string, string])[];
  const wrong = useSyncExternalStore(
    (listener) => {
      const paths = columns.map(({ column }) => `${table.path}/${rowId}/${column!.key}`);
      const stop = paths.map((path) => store.subscribe(path, listener));
      return () => stop.forEach((unsubscribe) => unsubscribe());
    },
    () => columns.some((column) => (store.cell({ table, column, rowId })?.errors.length ?? 0) > 0),
  );
  return (
    <>
      {said.length === 0
        ? text('emptyRow')
        : said.map(([name, word], at) => {
            const { source } = columns.find((column) => column.name === name) ?? {};
            return (
              <Fragment key={name}>
                {at > 0 && ' · '}
                {source ? <ReferenceWord source={source} value={word} /> : word}
              </Fragment>
            );
          })}
      {wrong && <span className={formStyles.error}>{text('rowWrong')}</span>}
    </>
  );
}
