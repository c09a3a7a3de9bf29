import type { FormSummary, ProcessStep, StepFormView } from '#contract';
import { Anchor, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import styles from './step-panel.module.css';
import type { StepStore } from './step-store.ts';

interface FormChoiceProps {
  readonly step: ProcessStep;
  readonly form: StepFormView | null;
  readonly forms: readonly FormSummary[];
  readonly store: StepStore;
}

/** Which form a step shows, and which version of it. */
export function FormChoice({ step, form, forms, store }: FormChoiceProps) {
  const { t } = useTranslation();
  const { elementId, type } = step;
  const published = forms.filter((one) => one.published !== null || one.formId === form?.formId);
  const known = published.map(({ formId, title }) => ({
    value: formId,
    label: title === formId ? title : `${title} (${formId})`,
  }));
  const data =
    form === null || known.some(({ value }) => value === form.formId)
      ? known
      : [...known, { value: form.formId, label: form.formId }];
  const tag = form?.versionTag ?? '';
  const policies = [
    { value: 'latest' as const, label: t('processes.version_latest') },
    { value: 'deployment' as const, label: t('processes.version_deployment') },
    ...(form?.bindingType === 'versionTag'
      ? [{ value: 'versionTag' as const, label: t('processes.version_versionTag', { tag }) }]
      : []),
  ];
  return (
    <div className={styles.choice}>
      <Select
        label={t('processes.form')}
        placeholder={t('processes.formPlaceholder')}
        nothingFoundMessage={t('processes.formNothing')}
        searchable
        clearable
        data={data}
        value={form?.formId ?? null}
        onChange={(formId) =>
          store.run({ kind: 'chooseForm', elementId, formId, ...(type === 'startEvent' && { openTo: [] }) })
        }
      />
      {form && (
        <Select
          label={t('processes.whichVersion')}
          data={policies}
          allowDeselect={false}
          value={form.bindingType}
          onChange={(bindingType) =>
            bindingType !== null &&
            bindingType !== 'versionTag' &&
            store.run({ kind: 'chooseVersion', elementId, bindingType })
          }
        />
      )}
      {form && (
        <p className={styles.hint}>
          {t(`processes.versionHint_${form.bindingType}`)}{' '}
          <Anchor
            component={Link}
            to="/forms/$formId"
            params={{ formId: form.formId } as never}
            fz="inherit"
            underline="always"
          >
            {t('processes.openForm')}
          </Anchor>
        </p>
      )}
    </div>
  );
}
