import type { ProcessDesign } from '#contract';
import { IconPointer, IconUsers } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { formsQuery } from '../api/forms.ts';
import { processesQuery, processQuery } from '../api/processes.ts';
import frame from '../ui/editor-frame.module.css';
import { PaneBar } from '../ui/pane-bar.tsx';
import { paneProps } from '../ui/pane-props.ts';
import { StateView } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import { useUndoKeys } from '../ui/use-undo-keys.ts';
import { bindingWarnings } from './model/binding-warnings.ts';
import { LocalDrafts } from './model/local-draft.ts';
import { ProcessDiagram } from './process-diagram.tsx';
import styles from './process-editor.module.css';
import { ProcessHeader } from './process-header.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { StepList, type StepLine } from './step-list.tsx';
import { StepPanel } from './step-panel.tsx';
import { StepStore } from './step-store.ts';
import { SuspendedBanner } from './suspended-banner.tsx';
import { useShownForms } from './use-shown-forms.ts';
import { VersionConflictBar } from './version-conflict-bar.tsx';
import { VersionsDialog } from './versions-dialog.tsx';

const route = getRouteApi('/app/processes/$processId');
const PANES = ['diagram', 'steps', 'step'] as const;

interface ProcessEditorProps {
  readonly design: ProcessDesign;
  readonly username: string;
}

/** The forms of the steps of one process, edited beside its diagram. */
export function ProcessEditor({ design, username }: ProcessEditorProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [drafts] = useState(() => new LocalDrafts(localStorage, username));
  const [store] = useState(() => new StepStore(design, drafts));
  useEffect(() => store.meet(design), [store, design]);
  const { base, history, edited, conflict, design: shownDesign } = useSyncExternalStore(store.subscribe, store.state);
  const [dialog, setDialog] = useState<'publish' | 'versions' | undefined>(undefined);
  const [pane, setPane] = useState<(typeof PANES)[number]>('steps');
  useUndoKeys(store, isTyping);
  useTitle(shownDesign.name);

  const { steps, processId, xml } = shownDesign;
  const { forms } = history;
  const asked = route.useSearch().step;
  const chosen = steps.find(({ elementId }) => elementId === asked);
  const choose = (step: string): void => {
    setPane('step');
    void navigate({ to: '/processes/$processId', params: { processId }, search: { step }, replace: true });
  };
  const listed = useQuery(formsQuery).data?.items ?? [];
  const shown = useShownForms([...base.values(), ...forms.values()].flatMap((form) => form?.formId ?? []));
  const titleOf = (formId: string): string => listed.find((one) => one.formId === formId)?.title ?? formId;
  const lines = steps.map((step): StepLine => {
    const form = forms.get(step.elementId) ?? null;
    const model = form === null ? undefined : shown.find(form.formId)?.model;
    return {
      step,
      form: form === null ? step.formExpression : titleOf(form.formId),
      edited: edited.includes(step.elementId),
      warnings: form === null || model === undefined ? 0 : bindingWarnings(model, form.binding, language).length,
    };
  });
  const reload = useCallback(async (): Promise<void> => {
    await client.refetchQueries({ queryKey: processQuery(processId).queryKey, exact: true });
    await client.invalidateQueries({ queryKey: processesQuery.queryKey, exact: true });
  }, [client, processId]);
  useEffect(() => {
    const follow = ({ key }: StorageEvent): void => {
      if (drafts.isAbout(processId, key) && store.adopt()) void reload();
    };
    addEventListener('storage', follow);
    return () => removeEventListener('storage', follow);
  }, [drafts, processId, reload, store]);
  return (
    <div className={frame.editor}>
      <ProcessHeader store={store} onPublish={() => setDialog('publish')} onVersions={() => setDialog('versions')} />
      <SuspendedBanner design={shownDesign} onDone={reload} />
      {conflict && <VersionConflictBar conflict={conflict} store={store} />}
      <PaneBar
        className={styles.paneBar}
        panes={PANES}
        shown={pane}
        label={t('processes.panes')}
        titleOf={(one) => t(`processes.pane_${one}`)}
        onShow={setPane}
      />
      <div className={`${frame.panes} ${styles.panes}`}>
        <div {...paneProps(pane === 'diagram', styles.diagram)}>
          <ProcessDiagram
            key={shownDesign.processDefinitionKey}
            xml={xml}
            steps={steps.map(({ elementId }) => elementId)}
            edited={edited}
            chosen={chosen?.elementId}
            onChoose={choose}
          />
        </div>
        <aside {...paneProps(pane === 'steps', styles.steps)} aria-label={t('processes.steps')}>
          <h2>{t('processes.steps')}</h2>
          {lines.length === 0 ? (
            <StateView icon={IconUsers} title={t('processes.noSteps')} lead={t('processes.noStepsLead')} />
          ) : (
            <StepList lines={lines} chosen={chosen?.elementId} onChoose={choose} />
          )}
        </aside>
        <div {...paneProps(pane === 'step', styles.step)}>
          {chosen === undefined ? (
            <StateView icon={IconPointer} title={t('processes.chooseStep')} lead={t('processes.chooseStepLead')} />
          ) : (
            <StepPanel
              key={chosen.elementId}
              step={chosen}
              steps={steps}
              base={base}
              forms={forms}
              shown={shown}
              listed={listed}
              store={store}
            />
          )}
        </div>
      </div>
      {dialog === 'publish' && (
        <PublishDialog
          store={store}
          shown={shown}
          titleOf={titleOf}
          onReload={reload}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === 'versions' && (
        <VersionsDialog design={shownDesign} onDone={reload} onClose={() => setDialog(undefined)} />
      )}
    </div>
  );
}

/** Where a text is typed: the texts of the preview have an undo of their own. */
function isTyping(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio'].includes(target.type);
}
