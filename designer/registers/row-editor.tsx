import type { RegisterDetail, RegisterRow } from '#contract';
import type { FormError, VariableMap } from '#engine';
import { Button, Skeleton } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import { lookUp } from '../api/directory.ts';
import { createRow, deleteRow, updateRow } from '../api/registers.ts';
import { FormViewer } from '../form-viewer/form-viewer.tsx';
import { NO_CALENDARS } from '../form-viewer/no-calendars.ts';
import { useValidator } from '../form-viewer/use-validator.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { toastDone, toastProblem } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { RowConflict } from './row-conflict.tsx';
import { bindingOf, openRegister } from './row-form.ts';
import styles from './row-panel.module.css';

const NO_FILES = (): Promise<never> => Promise.reject(new Error('Expected no files in a register.'));
const NOTHING: VariableMap = {};

interface RowEditorProps {
  readonly detail: RegisterDetail;
  /** Null is a new row. */
  readonly row: RegisterRow | null;
  readonly onSaved: (row: RegisterRow) => void;
  readonly onGone: () => void;
}

/** The fields of one row, in the very form that the server checks them with. */
export function RowEditor({ detail, row, onSaved, onGone }: RowEditorProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const { model, form } = openRegister(detail);
  // A row that is read again while it is edited must not take what is typed; only a save or a choice does.
  const [base] = useState(row);
  const [problems, setProblems] = useState<readonly FormError[]>([]);
  const [conflict, setConflict] = useState<{ readonly problem: ApiProblem; readonly mine: VariableMap } | null>(null);
  const [busy, setBusy] = useState(false);
  const [binding] = useState(() => bindingOf(model, row !== null));
  const validator = useValidator(detail.validatorUrl);
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: ['register', detail.registerKey] });
    // The list of registers says how many rows there are.
    void client.invalidateQueries({ queryKey: ['registers'] });
  };

  const save = async (values: VariableMap, version = base?.version ?? 0): Promise<void> => {
    setBusy(true);
    setConflict(null);
    try {
      const saved =
        base === null
          ? await createRow(detail.registerKey, values)
          : await updateRow(detail.registerKey, { rowKey: base.rowKey, version, values });
      toastDone(t(base === null ? 'registers.created' : 'registers.saved', { label: saved.label }));
      refresh();
      onSaved(saved);
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      if (problem?.status === 422) setProblems(problem.errors as readonly FormError[]);
      else if (problem?.status === 409 && problem.errors.length > 0) setConflict({ problem, mine: values });
      else toastProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const remove = async (): Promise<void> => {
    if (base === null) return;
    setBusy(true);
    try {
      await deleteRow(detail.registerKey, base);
      refresh();
      onGone();
      offerUndo(base);
    } catch (error) {
      toastProblem(error);
    } finally {
      setBusy(false);
    }
  };

  const offerUndo = (gone: RegisterRow): void => {
    const id = `undo-${gone.rowKey}`;
    const undo = async (): Promise<void> => {
      notifications.hide(id);
      try {
        const back = await createRow(detail.registerKey, gone.values);
        refresh();
        toastDone(t('registers.restored', { label: back.label }));
      } catch (error) {
        toastProblem(error);
      }
    };
    notifications.show({
      id,
      title: t('registers.deleted', { label: gone.label }),
      message: (
        <Button variant="default" size="compact-sm" onClick={() => void undo()}>
          {t('registers.undo')}
        </Button>
      ),
      withBorder: true,
      autoClose: 15_000,
      closeButtonProps: { 'aria-label': t('common.close') },
    });
  };

  if (validator.isError) return <ErrorState error={validator.error} onRetry={() => void validator.refetch()} />;
  if (validator.data === undefined) return <Skeleton height={240} />;
  return (
    <>
      <div className={styles.scroll}>
        {conflict !== null && (
          <RowConflict
            detail={detail}
            problem={conflict.problem}
            onMine={(version) => void save(conflict.mine, version)}
            onTheirs={() => {
              refresh();
              onSaved(base!);
            }}
          />
        )}
        <FormViewer
          id="register-row"
          definition={form}
          validate={validator.data}
          binding={binding}
          stored={(base?.values ?? NOTHING) as VariableMap}
          context={NOTHING}
          language={language}
          now={Date.parse(detail.now)}
          zone={detail.zone}
          calendars={NO_CALENDARS}
          readOnly={!detail.mayWrite}
          serverErrors={problems}
          upload={NO_FILES}
          fileUrl={() => ''}
          lookup={lookUp}
          onSubmit={(values) => void save(values)}
        />
      </div>
      {detail.mayWrite && (
        <footer className={styles.footer}>
          <Button type="submit" form="register-row" loading={busy}>
            {t(base === null ? 'registers.create' : 'registers.save')}
          </Button>
          {base !== null && (
            <Button variant="subtle" color="red" disabled={busy} onClick={() => void remove()}>
              {t('registers.delete')}
            </Button>
          )}
        </footer>
      )}
    </>
  );
}
