import type { FormSummary, ProcessStep, StepFormView } from '#contract';
import { Menu, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { IconCopy, IconForms, IconMathFunction, IconMoodSad } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormPreview } from '../form-editor/views/form-preview.tsx';
import type { FormHandle } from '../form-viewer/form-viewer.tsx';
import { StateView } from '../ui/state-view.tsx';
import { toastDone } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { BindingWarningList } from './binding-warning-list.tsx';
import { FieldsTable } from './fields-table.tsx';
import { FormChoice } from './form-choice.tsx';
import { bindingWarnings, mended } from './model/binding-warnings.ts';
import type { StepForms } from './model/step-forms.ts';
import { StartOpenness } from './start-openness.tsx';
import styles from './step-panel.module.css';
import type { StepStore } from './step-store.ts';
import type { ShownForm, ShownForms } from './use-shown-forms.ts';

interface StepPanelProps {
  readonly step: ProcessStep;
  readonly steps: readonly ProcessStep[];
  readonly base: StepForms;
  readonly forms: StepForms;
  readonly shown: ShownForms;
  readonly listed: readonly FormSummary[];
  readonly store: StepStore;
}

/** One step: its form, and what people may do with each field of it here. */
export function StepPanel({ step, steps, base, forms, shown, listed, store }: StepPanelProps) {
  const { t } = useTranslation();
  const { elementId, elementName, type, formExpression } = step;
  const form = forms.get(elementId) ?? null;
  const known = form === null ? undefined : shown.find(form.formId);
  const others = steps.filter(
    (one) => one.elementId !== elementId && forms.get(one.elementId)?.formId === form?.formId,
  );
  return (
    <section className={styles.panel} aria-label={t('processes.step', { step: elementName })}>
      <h2 className={styles.title}>{elementName}</h2>
      {formExpression !== null && form === null && (
        <StateView
          icon={IconMathFunction}
          title={t('processes.expressionForm')}
          lead={t('processes.expressionFormLead', { expression: formExpression })}
        />
      )}
      {(formExpression === null || form !== null) && (
        <FormChoice step={step} form={form} forms={listed} store={store} />
      )}
      {form !== null && type === 'startEvent' && (
        <StartOpenness
          elementId={elementId}
          form={form}
          stands={base.get(elementId) ?? null}
          known={known}
          store={store}
        />
      )}
      {form === null && formExpression === null && (
        <StateView icon={IconForms} title={t('processes.withoutForm')} lead={t('processes.withoutFormLead')} />
      )}
      {form !== null && known === undefined && !shown.failed(form.formId) && (
        <Skeleton height={240} role="status" aria-busy aria-label={t('common.loading')} />
      )}
      {form !== null && shown.failed(form.formId) && (
        <StateView
          icon={IconMoodSad}
          title={t('processes.formMissing', { formId: form.formId })}
          lead={t('processes.formMissingLead')}
          alert
        />
      )}
      {form !== null && known !== undefined && (
        <StepFields
          step={step}
          form={form}
          known={known}
          stands={base.get(elementId) ?? null}
          others={others.map((one) => ({ step: one, form: forms.get(one.elementId)! }))}
          store={store}
        />
      )}
    </section>
  );
}

interface StepFieldsProps {
  readonly step: ProcessStep;
  readonly form: StepFormView;
  readonly known: ShownForm;
  /** As deployed. */
  readonly stands: StepFormView | null;
  /** Other steps that show the same form. */
  readonly others: readonly { readonly step: ProcessStep; readonly form: StepFormView }[];
  readonly store: StepStore;
}

function StepFields({ step, form, known, stands, others, store }: StepFieldsProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [view, setView] = useState<'fields' | 'preview'>('fields');
  const viewer = useRef<FormHandle>(null);
  const { elementId, elementName } = step;
  const { binding } = form;
  const { model } = known;
  const warnings = bindingWarnings(model, binding, language);
  const bind = (next: Parameters<typeof toView>[0]): void =>
    store.run({ kind: 'bindFields', elementId, binding: toView(next) });
  const mendable = warnings.some(({ kind }) => kind !== 'requiredByCondition' && kind !== 'formRequires');
  return (
    <>
      <div className={styles.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('processes.views')}
          data={[
            { value: 'fields', label: t('processes.view_fields') },
            { value: 'preview', label: t('processes.view_preview') },
          ]}
          value={view}
          onChange={(next) => setView(next)}
        />
        {others.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="xs" variant="default" leftSection={<IconCopy size={14} aria-hidden />}>
                {t('processes.copyFrom')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {others.map((other) => (
                <Menu.Item
                  key={other.step.elementId}
                  onClick={() => {
                    bind(other.form.binding);
                    toastDone(t('processes.copied', { step: other.step.elementName }));
                  }}
                >
                  {other.step.elementName}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <BindingWarningList warnings={warnings} {...(mendable && { onMend: () => bind(mended(model, binding)) })} />
      {view === 'fields' ? (
        <>
          <FieldsTable
            stepName={elementName}
            form={model}
            binding={binding}
            stands={stands?.formId === form.formId ? stands.binding : undefined}
            onChange={bind}
          />
          <p className={styles.hint}>
            {binding.readable
              ? t('processes.newFieldsHidden')
              : binding.writable
                ? t('processes.newFieldsReadOnly')
                : t('processes.newFieldsShown')}
          </p>
        </>
      ) : (
        <FormPreview definition={known.definition} sample={known.sample} binding={binding} viewer={viewer} />
      )}
    </>
  );
}

function toView({
  readable,
  writable,
  requiredHere,
}: {
  readonly readable?: readonly string[];
  readonly writable?: readonly string[];
  readonly requiredHere?: readonly string[];
}): StepFormView['binding'] {
  return {
    ...(readable && { readable: [...readable] }),
    ...(writable && { writable: [...writable] }),
    ...(requiredHere && { requiredHere: [...requiredHere] }),
  };
}
