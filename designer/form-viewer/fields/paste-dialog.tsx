import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useForm, useViewerText } from '../form-context.ts';
import { planPaste, type PasteColumn, type PastePlan } from '../table-paste.ts';
import formStyles from '../form-viewer.module.css';
import { optionsOf } from './choice-labels.ts';
import { useColumnLabel, type TableView } from './use-table.ts';
import styles from './table.module.css';

/** Where a paste goes: row and column of the screen, from 0. */
export interface PasteTarget {
  readonly from: number;
  readonly column: number;
  readonly text: string;
}

interface PasteDialogProps {
  readonly view: TableView;
  readonly target: PasteTarget;
  readonly onClose: () => void;
  readonly onPaste: (plan: PastePlan, from: number) => void;
}

const TOLD = 8;

/** What a paste from a spreadsheet would do, before it does it: how many rows, into which columns, and what is no value there. */
export function PasteDialog({ view, target, onClose, onPaste }: PasteDialogProps) {
  const text = useViewerText();
  const [typed, setTyped] = useState(target.text);
  const columns = usePasteColumns(view);
  const plan = planPaste(typed, columns.slice(target.column), columns);
  const count = plan.rows.length;
  const room = Math.max(0, (view.table.limits.maxItems ?? Infinity) - target.from);
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('pasteTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': text('close') }}
    >
      <div className={styles.paste}>
        <Textarea
          data-autofocus
          label={text('pasteLabel')}
          description={text('pasteHelp')}
          minRows={4}
          maxRows={8}
          autosize
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div role="status">
          {count > 0 && (
            <p>
              {text('pastePreview', { rows: count, columns: plan.columns.map(({ label }) => label).join(', ') || '—' })}
              {plan.header && ` ${text('pasteHeader')}`}
            </p>
          )}
          {plan.surplus > 0 && <p className={styles.words}>{text('pasteSurplus', { count: plan.surplus })}</p>}
          {count > room && <p className={formStyles.error}>{text('pasteTooMany', { count: room })}</p>}
          {plan.problems.length > 0 && (
            <>
              <p className={formStyles.error}>{text('pasteProblems', { count: plan.problems.length })}</p>
              <ul className={styles.problems}>
                {plan.problems.slice(0, TOLD).map((problem) => (
                  <li key={`${problem.line}-${problem.column.name}`}>
                    {text('pasteProblem', { line: problem.line, label: problem.label, text: problem.text })}
                  </li>
                ))}
                {plan.problems.length > TOLD && <li>{text('moreErrors', { count: plan.problems.length - TOLD })}</li>}
              </ul>
            </>
          )}
        </div>
        <div className={styles.pasteActs}>
          <Button variant="default" onClick={onClose}>
            {text('cancel')}
          </Button>
          <Button disabled={count === 0 || plan.columns.length === 0} onClick={() => onPaste(plan, target.from)}>
            {text('pasteDo', { count: Math.min(count, room) })}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function usePasteColumns({ table, columns, rowIds }: TableView): readonly PasteColumn[] {
  const { form, store, language } = useForm();
  const label = useColumnLabel();
  const [first] = rowIds;
  return columns.map((column) => {
    const cell = first === undefined ? undefined : store.cell({ table, column, rowId: first });
    return {
      column,
      label: label(column),
      options: cell?.options ?? optionsOf(form, column, language),
      locked: column.rules.value !== undefined || column.readOnly || (rowIds.length > 0 && cell?.readonly === true),
    };
  });
}
