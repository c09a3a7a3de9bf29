import { useDraggable } from '@dnd-kit/core';
import { IconPlus } from '@tabler/icons-react';
import type { KeyboardEvent } from 'react';
import viewer from '../../form-viewer/form-viewer.module.css';
import { shownText, textOf } from '../document/document-texts.ts';
import { isRequired, type FieldEntry, type FormDocument, type LayoutEntry } from '../document/form-document.ts';
import { columnKey, shownColumns } from '../document/table-columns.ts';
import { useEditor, useStore } from '../editor-context.ts';
import { kindOfColumn } from '../inspector/row-scope.ts';
import { insertColumnCommand, PALETTE } from '../palette/palette-items.ts';
import { useWords } from '../texts.ts';
import { CanvasGap } from './canvas-gap.tsx';
import styles from './canvas.module.css';

interface CanvasTableProps {
  readonly document: FormDocument;
  readonly table: FieldEntry;
  readonly control: LayoutEntry;
}

/** A table as its row of headings: each column is chosen, moved and taken away here; fields of the palette are dropped in between. */
export function CanvasTable({ document, table, control }: CanvasTableProps) {
  const words = useWords();
  const store = useStore();
  const columns = shownColumns(table, control);
  const help = textOf(document, 'ru', `${table.name}.help`);
  const text = PALETTE.find(({ id }) => id === 'text')!;
  return (
    <div className={viewer.set}>
      <div className={viewer.label}>
        {shownText(document, `${table.name}.label`, table.name)}
        {isRequired(document, table.name) && <span className={viewer.mark}> *</span>}
      </div>
      <ol className={styles.columns} aria-label={words('columns')}>
        {columns.map((column, index) => (
          <CanvasColumn
            key={column.id}
            {...{ document, table, control, column, index }}
            last={index === columns.length - 1}
          />
        ))}
        <li className={styles.addColumn}>
          <button
            type="button"
            className={styles.plus}
            aria-label={words('addColumn')}
            onClick={(event) => {
              event.stopPropagation();
              store.run(insertColumnCommand(text, table, columns.length), { typeLabel: true });
              store.showPane('inspector');
            }}
          >
            <IconPlus size={16} aria-hidden />
          </button>
        </li>
      </ol>
      {help !== undefined && <div className={viewer.help}>{help}</div>}
    </div>
  );
}

interface CanvasColumnProps extends CanvasTableProps {
  readonly column: FieldEntry;
  readonly index: number;
  readonly last: boolean;
}

function CanvasColumn({ document, table, control, column, index, last }: CanvasColumnProps) {
  const words = useWords();
  const store = useStore();
  const { column: chosen } = useEditor();
  const title = shownText(document, `${column.name}.label`, columnKey(column));
  const kind = kindOfColumn(document, column);
  const kindWords = kind === null ? '—' : words.named('kind', kind);
  const required = isRequired(document, column.name);
  const { listeners, setNodeRef, attributes, isDragging } = useDraggable({
    id: `column:${column.id}`,
    data: { kind: 'column', columnId: column.id },
  });
  const { onKeyDown, ...pointerListeners } = (listeners ?? {}) as Record<string, (event: unknown) => void>;
  const choose = (): void => store.selectColumn(control.id, column.id);
  const onKey = (event: KeyboardEvent): void => {
    const run = columnKeys[`${event.altKey ? 'Alt+' : ''}${event.code}`];
    // While the column is held the arrows choose its place.
    if (!run || isDragging) return onKeyDown?.(event);
    event.preventDefault();
    event.stopPropagation();
    const columns = shownColumns(table, control);
    const to = run(index);
    if (to === 'remove') {
      if (!store.run({ kind: 'removeColumn', columnId: column.id })) return;
      const next = columns[index + 1] ?? columns[index - 1];
      if (next) store.selectColumn(control.id, next.id);
      focusColumn(next?.id);
    } else if (columns[to] === undefined) return;
    else if (event.altKey) {
      store.run({ kind: 'moveColumn', columnId: column.id, index: to > index ? index + 2 : to });
      focusColumn(column.id);
    } else focusColumn(columns[to].id);
  };
  return (
    <li className={styles.column}>
      <CanvasGap place={{ parent: control.id, index }} shape="upright" side="before" />
      <button
        ref={setNodeRef}
        type="button"
        className={styles.columnHead}
        // What is seen comes first, so that it can be said to a voice control.
        aria-label={words('columnHandle', { name: required ? `${title} *` : title, kind: kindWords })}
        aria-pressed={chosen === column.id}
        aria-describedby={attributes['aria-describedby']}
        data-column={column.id}
        data-dragging={isDragging || undefined}
        {...pointerListeners}
        onKeyDown={onKey}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible') && store.state().column !== column.id) choose();
        }}
        onClick={(event) => {
          event.stopPropagation();
          choose();
          store.showPane('inspector');
        }}
      >
        <span className={styles.columnTitle}>
          {title}
          {required && <span className={viewer.mark}> *</span>}
        </span>{' '}
        <span className={styles.columnKind}>{kindWords}</span>
      </button>
      {last && <CanvasGap place={{ parent: control.id, index: index + 1 }} shape="upright" side="after" />}
    </li>
  );
}

/** Where the focus or, with Alt, the column goes. */
const columnKeys: Readonly<Record<string, (index: number) => number | 'remove'>> = {
  ArrowLeft: (index) => index - 1,
  ArrowRight: (index) => index + 1,
  'Alt+ArrowLeft': (index) => index - 1,
  'Alt+ArrowRight': (index) => index + 1,
  Delete: () => 'remove',
  Backspace: () => 'remove',
};

/** After React has drawn it at its new place. */
function focusColumn(id: string | undefined): void {
  if (id === undefined) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-column="${CSS.escape(id)}"]`)?.focus());
}
