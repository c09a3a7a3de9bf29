import type { StartFormView, StartReceipt } from '#contract';
import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { lazy, Suspense, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { problemText } from '../api/problem-text.ts';
import type { StartPlace } from '../api/starts.ts';
import type { FormHandle } from '../form-viewer/form-viewer.tsx';
import { submitLabel } from '../task/submit-label.ts';
import { useLanguage } from '../ui/use-language.ts';
import { CaptchaFrame } from './captcha-frame.tsx';
import { DiscardDraft } from './discard-draft.tsx';
import styles from './start.module.css';
import { useStart } from './use-start.ts';

const StartForm = lazy(() => import('./start-form.tsx').then((module) => ({ default: module.StartForm })));

interface StartWorkProps {
  readonly place: StartPlace;
  readonly view: StartFormView;
  /** Who is signed in: what is typed is kept for them alone. */
  readonly owner?: string | undefined;
  /** The page around: what is read, and the bar with the one action. */
  readonly page: (parts: { readonly content: ReactNode; readonly footer: ReactNode }) => ReactNode;
  readonly receipt: (receipt: StartReceipt, again: () => void) => ReactNode;
  readonly onAccepted?: () => void;
}

/** A form that starts a case: fill, send once, and read what came of it. */
export function StartWork({ place, view, owner, page, receipt, onAccepted }: StartWorkProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const form = useRef<FormHandle>(null);
  const [lastStep, setLastStep] = useState(true);
  const start = useStart(place, { captcha: view.captcha !== null, owner, onAccepted });
  const { draft, failure } = start;
  if (draft.receipt !== undefined) {
    return page({ content: receipt(draft.receipt, start.again), footer: null });
  }
  const content = (
    <>
      <Suspense fallback={<Skeleton height={320} />}>
        <StartForm
          key={draft.submission}
          actions={form}
          place={place}
          view={view}
          submission={draft.submission}
          draft={draft.data}
          problems={start.problems}
          onChange={start.change}
          onSubmit={start.send}
          onStep={setLastStep}
        />
      </Suspense>
      <DiscardDraft key={`discard ${draft.submission}`} onDiscard={start.discard} />
      {view.captcha !== null && (
        <CaptchaFrame key={start.attempt} frameUrl={view.captcha.frameUrl} onToken={start.onToken} />
      )}
    </>
  );
  const wrong = start.tokenMissing ? t('start.captchaMissing') : failure === null ? '' : problemText(failure, language);
  const footer = (
    <div className={styles.footer}>
      <div className={styles.footerInside}>
        <div role="alert">
          {wrong !== '' && (
            <p className={styles.wrong}>
              <IconAlertTriangle size={16} aria-hidden />
              {wrong}
            </p>
          )}
        </div>
        <Button size="md" className={styles.primary} loading={start.pending} onClick={() => form.current?.submit()}>
          {lastStep ? (submitLabel(view.definition, language) ?? t('start.send')) : t('task.nextStep')}
        </Button>
      </div>
    </div>
  );
  return page({ content, footer });
}

/** The form's title in the person's language, Russian when the other is missing. */
export function titleOf(definition: unknown, language: 'ru' | 'en'): string {
  const { title } = definition as { readonly title?: Readonly<Partial<Record<'ru' | 'en', string>>> };
  return title?.[language] ?? title?.ru ?? '';
}
