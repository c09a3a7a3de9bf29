import type { StepFormView } from '#contract';
import { anonymousLookup, fieldLabel, fieldNamed, type FormModel } from '#engine';
import { Button, Checkbox } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../ui/copy-text.ts';
import { useLanguage } from '../ui/use-language.ts';
import { AUDIENCES } from './model/step-forms.ts';
import styles from './start-openness.module.css';
import panel from './step-panel.module.css';
import type { StepStore } from './step-store.ts';
import type { ShownForm } from './use-shown-forms.ts';

interface StartOpennessProps {
  readonly elementId: string;
  readonly form: StepFormView;
  /** As deployed. */
  readonly stands: StepFormView | null;
  readonly known: ShownForm | undefined;
  readonly store: StepStore;
}

/** Who from outside of the house may start the process by its form, and the address that is given to them. */
export function StartOpenness({ elementId, form, stands, known, store }: StartOpennessProps) {
  const { t } = useTranslation();
  const { openTo = [] } = form;
  const open = openTo.includes('anyone');
  return (
    <fieldset className={styles.openness}>
      <legend className={styles.title}>{t('processes.openTo')}</legend>
      <p className={panel.hint}>{t('processes.openToLead')}</p>
      {AUDIENCES.map((audience) => (
        <Checkbox
          key={audience}
          label={t(`processes.openTo_${audience}`)}
          description={t(`processes.openToHint_${audience}`)}
          checked={openTo.includes(audience)}
          onChange={({ currentTarget: { checked } }) =>
            store.run({
              kind: 'openStart',
              elementId,
              openTo: AUDIENCES.filter((one) => (one === audience ? checked : openTo.includes(one))),
            })
          }
        />
      ))}
      {open && known && <LookupWarning model={known.model} />}
      {open && <PublicLink works={stands?.openTo?.includes('anyone') ?? false} store={store} />}
    </fieldset>
  );
}

function LookupWarning({ model }: { readonly model: FormModel }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = anonymousLookup(model);
  const field = name === undefined ? undefined : fieldNamed(model, name);
  if (field === undefined) return null;
  return (
    <div className={panel.warnings} role="alert">
      <IconAlertTriangle size={18} aria-hidden />
      {t('processes.openLookup', { label: fieldLabel(model, language, field) })}
    </div>
  );
}

function PublicLink({ works, store }: { readonly works: boolean; readonly store: StepStore }) {
  const { t } = useTranslation();
  const { processId, publicUrl, versions } = useSyncExternalStore(store.subscribe, store.state).design;
  const [copied, setCopied] = useState(false);
  const link = `${publicUrl ?? location.origin}/start/${encodeURIComponent(processId)}`;
  const suspended = (versions[0]?.suspendedAt ?? null) !== null;
  return (
    <div className={styles.link}>
      <span className={styles.caption}>{t('processes.publicLink')}</span>
      <a className={styles.address} href={link} target="_blank" rel="noreferrer">
        {link}
      </a>
      <Button
        size="xs"
        variant="default"
        leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
        onClick={() => void copyText(link).then(setCopied)}
      >
        {copied ? t('processes.linkCopied') : t('processes.copyLink')}
      </Button>
      {works && !suspended && (
        <Button
          size="xs"
          variant="subtle"
          component="a"
          href={link}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={14} aria-hidden />}
        >
          {t('processes.openLink')}
        </Button>
      )}
      <span className="r-hidden" role="status">
        {copied ? t('processes.linkCopied') : ''}
      </span>
      {(!works || suspended) && (
        <p className={`${panel.hint} ${styles.later}`}>
          {t(works ? 'processes.linkSuspended' : 'processes.linkLater')}
        </p>
      )}
    </div>
  );
}
