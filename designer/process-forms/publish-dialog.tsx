import type { EditedSteps, LintFindingView } from '#contract';
import { Button, Modal, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../api/api-problem.ts';
import { checkStepsQuery, publishSteps } from '../api/processes.ts';
import { ErrorState } from '../ui/state-view.tsx';
import { toastDone, toastProblem } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import { stepChanges } from './model/step-changes.ts';
import { StepChangeList } from './step-change-list.tsx';
import type { StepStore } from './step-store.ts';
import type { ShownForms } from './use-shown-forms.ts';

interface PublishDialogProps {
  readonly store: StepStore;
  readonly shown: ShownForms;
  readonly titleOf: (formId: string) => string;
  readonly onReload: () => Promise<void>;
  readonly onClose: () => void;
}

/** The last look: what changes in words, what lint finds, who stays as they are. */
export function PublishDialog({ store, shown, titleOf, onReload, onClose }: PublishDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { design, base, history, edited } = useSyncExternalStore(store.subscribe, store.state);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const { processId, processDefinitionKey, version, versions } = design;
  const running = versions.reduce((sum, one) => sum + one.running, 0);
  const steps = edited.map((elementId) => ({ elementId, form: history.forms.get(elementId) ?? null }));
  const request: EditedSteps = { processDefinitionKey, steps };
  const checked = useQuery(checkStepsQuery(processId, request));
  const report = checked.data;

  const changes = edited.map((elementId) => {
    const after = history.forms.get(elementId) ?? null;
    const form = after === null ? undefined : shown.find(after.formId)?.model;
    const name = design.steps.find((step) => step.elementId === elementId)?.elementName ?? elementId;
    return { elementId, name, facts: stepChanges(base.get(elementId) ?? null, after, { form, language }) };
  });
  const blocked = refused.length > 0 || (report?.findings.some(({ severity }) => severity === 'error') ?? false);
  const publish = async (): Promise<void> => {
    setBusy(true);
    try {
      const published = await publishSteps(processId, request);
      store.publishedAs(published.processDefinitionKey);
      toastDone(t('processes.published', { version: published.version }));
      onClose();
      await onReload();
    } catch (error) {
      if (error instanceof ApiProblem && error.code === 'invalid-model')
        setRefused(error.errors.map(({ message }) => message));
      else if (error instanceof ApiProblem && error.code === 'conflict') {
        // The bar above the diagram tells it, once the newer version is here.
        onClose();
        await onReload();
      } else toastProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('processes.publishTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('processes.cancel') }}
    >
      <div className={styles.body}>
        <p className={styles.lead}>{t('processes.publishLead', { count: running, version: version + 1 })}</p>
        <section aria-label={t('processes.changes')}>
          <h3>{t('processes.changes')}</h3>
          <StepChangeList changes={changes} titleOf={titleOf} />
        </section>
        {report !== undefined && report.along.length > 0 && (
          <p>
            {t('processes.along', {
              names: report.along.map(({ name }) => t('processes.quoted', { name })).join(', '),
            })}
          </p>
        )}
        {checked.isLoadingError ? (
          <ErrorState error={checked.error} onRetry={() => void checked.refetch()} />
        ) : report === undefined ? (
          <Skeleton height={40} role="status" aria-label={t('processes.checking')} />
        ) : (
          <Findings findings={report.findings} />
        )}
        {refused.length > 0 && (
          <section className={styles.refused} role="alert">
            <h3>{t('processes.refused')}</h3>
            <ul>
              {refused.map((message) => (
                <li key={message}>{message}</li>
              ))}
            </ul>
          </section>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {t('processes.cancel')}
          </Button>
          <Button
            data-autofocus
            loading={busy}
            disabled={blocked || report === undefined}
            onClick={() => void publish()}
          >
            {t('processes.publish')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Findings({ findings }: { readonly findings: readonly LintFindingView[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (findings.length === 0) return <p className={styles.lead}>{t('processes.foundNothing')}</p>;
  return (
    <section className={styles.findings} aria-label={t('processes.found')} role="status">
      <h3>{t('processes.found')}</h3>
      <ul>
        {findings.map(({ severity, message, remedy }, index) => (
          <li key={index} data-severity={severity}>
            {message[language]} {remedy[language]}
          </li>
        ))}
      </ul>
    </section>
  );
}
