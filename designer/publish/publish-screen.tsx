import type { LintFindingView } from '#contract';
import { ActionIcon, Alert, Button } from '@mantine/core';
import { IconArrowLeft, IconFileUpload, IconSitemap } from '@tabler/icons-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lintFiles, publishFiles } from '../api/deployments.ts';
import { formsQuery } from '../api/forms.ts';
import { problemText } from '../api/problem-text.ts';
import { processesQuery } from '../api/processes.ts';
import frame from '../ui/editor-frame.module.css';
import { PaneBar } from '../ui/pane-bar.tsx';
import { paneProps } from '../ui/pane-props.ts';
import { StateView } from '../ui/state-view.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { useTitle } from '../ui/use-title.ts';
import { addFiles, ENDINGS, type ChosenFile } from './chosen-files.ts';
import { ChooseFiles } from './choose-files.tsx';
import { FileFindingsList } from './file-findings.tsx';
import { FindingDiagram } from './finding-diagram.tsx';
import { countFindings, findingsByFile } from './findings.ts';
import { PublishedList } from './published-list.tsx';
import styles from './publish-screen.module.css';

const PANES = ['files', 'diagram'] as const;

/** Files from an editor become versions: chosen, checked as a deployment would check them, published. */
export function PublishScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [refused, setRefused] = useState<readonly string[]>([]);
  const [shown, setShown] = useState<string>();
  const [chosen, setChosen] = useState<LintFindingView>();
  const [pane, setPane] = useState<(typeof PANES)[number]>('files');
  useTitle(t('publish.title'));

  const lint = useQuery({
    queryKey: ['lint', files],
    // Files are no JSON: each choice is known by the moment it was made.
    queryKeyHashFn: () => `lint ${files.map(({ file }) => `${file.name} ${file.lastModified}`).join()}`,
    gcTime: 0,
    enabled: files.length > 0,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      lintFiles(
        files.map(({ file }) => file),
        signal,
      ),
  });
  const publication = useMutation({
    mutationFn: () => publishFiles(files.map(({ file }) => file)),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: processesQuery.queryKey });
      void client.invalidateQueries({ queryKey: formsQuery.queryKey });
    },
  });
  const checking = lint.isFetching;
  const findings = lint.data?.items ?? [];
  const { errors, warnings } = countFindings(findings);
  const names = files.map(({ file }) => file.name);
  const shownName = names.find((name) => name === shown) ?? names.find((name) => name.endsWith('.bpmn')) ?? names[0];
  const shownFile = files.find(({ file }) => file.name === shownName);

  const add = async (added: readonly File[]): Promise<void> => {
    const choice = await addFiles(files, added);
    setFiles(choice.files);
    setRefused(choice.refused);
    setChosen(undefined);
    publication.reset();
  };
  const remove = (name: string): void => {
    setFiles(files.filter(({ file }) => file.name !== name));
    setChosen(undefined);
    publication.reset();
  };
  const choose = (finding: LintFindingView): void => {
    setShown(finding.file);
    setChosen(finding);
    // A phone shows one of the two: whoever taps what was found wants to see where.
    if (finding.file.endsWith('.bpmn')) setPane('diagram');
  };
  const startAnew = (): void => {
    setFiles([]);
    setRefused([]);
    publication.reset();
  };
  const failure = publication.error ?? lint.error;

  if (publication.isSuccess) return <PublishedList published={publication.data} onMore={startAnew} />;
  return (
    <div
      className={frame.editor}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void add([...event.dataTransfer.files]);
      }}
    >
      <header className={frame.header}>
        <ActionIcon component={Link} to="/processes" variant="subtle" color="gray" aria-label={t('publish.back')}>
          <IconArrowLeft size={18} aria-hidden />
        </ActionIcon>
        <div className={frame.heading}>
          <h1 className={frame.title}>{t('publish.title')}</h1>
          {files.length > 0 && (
            <div className={frame.state} role="status">
              {checking && <span>{t('publish.checking')}…</span>}
              {!checking && lint.isSuccess && errors + warnings === 0 && <span>{t('publish.clean')}</span>}
              {!checking && errors > 0 && <span>{t('publish.errors', { count: errors })}</span>}
              {!checking && warnings > 0 && <span>{t('publish.warnings', { count: warnings })}</span>}
            </div>
          )}
        </div>
        {files.length > 0 && (
          <div className={frame.buttons}>
            <ChooseFiles variant="default" label={t('publish.add')} onFiles={add} />
            <Button
              disabled={checking || !lint.isSuccess || errors > 0}
              loading={publication.isPending}
              onClick={() => publication.mutate()}
            >
              {t('publish.publish')}
            </Button>
          </div>
        )}
      </header>
      {refused.length > 0 && (
        <Alert color="yellow" variant="light" role="alert" className={styles.alert}>
          {t('publish.refused', { count: refused.length, names: refused.join(', '), endings: ENDINGS.join(', ') })}
        </Alert>
      )}
      {failure !== null && (
        <Alert color="red" variant="light" role="alert" className={styles.alert}>
          {problemText(failure, language)}
          {lint.isError && (
            <Button variant="default" size="xs" onClick={() => void lint.refetch()}>
              {t('common.retry')}
            </Button>
          )}
        </Alert>
      )}
      {errors > 0 && !checking && (
        <Alert color="red" variant="light" className={styles.alert}>
          {t('publish.mustMend')}
        </Alert>
      )}
      {files.length === 0 && (
        <StateView
          icon={IconFileUpload}
          title={t('publish.drop')}
          lead={t('publish.dropLead')}
          note={t('publish.endings', { endings: ENDINGS.join(', ') })}
        >
          <ChooseFiles variant="filled" label={t('publish.choose')} onFiles={add} />
        </StateView>
      )}
      {files.length > 0 && (
        <>
          <PaneBar
            className={styles.paneBar}
            panes={PANES}
            shown={pane}
            label={t('publish.panes')}
            titleOf={(one) => t(`publish.pane_${one}`)}
            onShow={setPane}
          />
          <div className={`${frame.panes} ${styles.panes}`}>
            <aside {...paneProps(pane === 'files', styles.files)} aria-label={t('publish.files')}>
              <FileFindingsList
                files={findingsByFile(names, findings)}
                checking={checking}
                shown={shownName}
                chosen={chosen}
                onShow={setShown}
                onChoose={choose}
                onRemove={remove}
              />
            </aside>
            <div {...paneProps(pane === 'diagram', styles.diagram)}>
              {shownFile?.file.name.endsWith('.bpmn') ? (
                <FindingDiagram
                  key={`${shownFile.file.name} ${shownFile.file.lastModified}`}
                  name={shownFile.file.name}
                  xml={shownFile.text}
                  findings={findings.filter(({ file }) => file === shownFile.file.name)}
                  chosen={chosen?.file === shownFile.file.name ? chosen : undefined}
                  onChoose={choose}
                />
              ) : (
                <StateView icon={IconSitemap} title={t('publish.noDiagram')} lead={t('publish.noDiagramLead')} />
              )}
            </div>
          </div>
        </>
      )}
    </div>
  );
}
