import type { LintFindingView } from '#contract';
import { ActionIcon } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../ui/use-language.ts';
import { countFindings, type FileFindings } from './findings.ts';
import styles from './file-findings.module.css';

interface FileFindingsListProps {
  readonly files: readonly FileFindings[];
  /** Nothing is known of them yet. */
  readonly checking: boolean;
  readonly shown: string | undefined;
  readonly chosen: LintFindingView | undefined;
  readonly onShow: (name: string) => void;
  readonly onChoose: (finding: LintFindingView) => void;
  readonly onRemove: (name: string) => void;
}

/** Every file with what was found in it. */
export function FileFindingsList(props: FileFindingsListProps) {
  const { files, checking, shown, chosen, onShow, onChoose, onRemove } = props;
  const { t } = useTranslation();
  return (
    <ul className={styles.files}>
      {files.map(({ name, findings }) => (
        <li key={name}>
          <div className={styles.file} data-shown={name === shown || undefined}>
            <button type="button" aria-pressed={name === shown} onClick={() => onShow(name)}>
              <span className={styles.name}>{name}</span>
              <Verdict checking={checking} findings={findings} />
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('publish.remove', { name })}
              onClick={() => onRemove(name)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
          {findings.length > 0 && (
            <ul className={styles.findings}>
              {findings.map((finding, index) => (
                <li key={index}>
                  <Finding finding={finding} chosen={finding === chosen} onChoose={() => onChoose(finding)} />
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ul>
  );
}

function Verdict({ checking, findings }: { readonly checking: boolean; readonly findings: FileFindings['findings'] }) {
  const { t } = useTranslation();
  const { errors, warnings } = countFindings(findings);
  if (checking) return <span className={styles.quiet}>{t('publish.checking')}…</span>;
  if (errors + warnings === 0)
    return (
      <span className={styles.clean}>
        <IconCircleCheck size={16} aria-hidden /> {t('publish.clean')}
      </span>
    );
  return (
    <span className={styles.counts}>
      {errors > 0 && <span data-severity="error">{t('publish.errors', { count: errors })}</span>}
      {warnings > 0 && <span data-severity="warning">{t('publish.warnings', { count: warnings })}</span>}
    </span>
  );
}

interface FindingProps {
  readonly finding: LintFindingView;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Finding({ finding, chosen, onChoose }: FindingProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { severity, elementId, elementName, line, message, remedy, path } = finding;
  const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
  const place = elementName ?? elementId;
  return (
    <button type="button" className={styles.finding} data-severity={severity} aria-pressed={chosen} onClick={onChoose}>
      <Icon size={18} role="img" aria-label={t(`publish.severity_${severity}`)} className={styles.icon} />
      <span className={styles.words}>
        <span className={styles.place}>
          {place !== null && <strong>{place}</strong>}
          {line !== null && <span className={styles.quiet}>{t('publish.line', { line })}</span>}
        </span>
        <span>{message[language]}</span>
        {path.length > 0 && (
          <span className={styles.quiet}>
            {t('publish.path', { names: path.map((step) => step.elementName || step.elementId).join(' → ') })}
          </span>
        )}
        <span className={styles.quiet}>{remedy[language]}</span>
      </span>
    </button>
  );
}
