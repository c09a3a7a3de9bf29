import type { FileReference, FormError, JsonValue, TaskBinding } from '#engine';
import type { FormEvaluated } from '#contract';
import { Alert, Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode, type RefObject } from 'react';
import { lookUp } from '../../api/directory.ts';
import { evaluateOnServer, preparePreview } from '../../api/forms.ts';
import { FormViewer, type FormHandle } from '../../form-viewer/form-viewer.tsx';
import { loadValidator } from '../../form-viewer/load-validator.ts';
import { NO_CALENDARS } from '../../form-viewer/no-calendars.ts';
import { ErrorState } from '../../ui/state-view.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { useWords } from '../texts.ts';
import styles from './views.module.css';

const DEVICES = ['desktop', 'tablet', 'phone'] as const;
type Device = (typeof DEVICES)[number];

interface FormPreviewProps {
  readonly definition: Readonly<Record<string, unknown>>;
  readonly sample: Readonly<Record<string, JsonValue>>;
  /** What the step lets people do with it. */
  readonly binding: TaskBinding;
  readonly viewer: RefObject<FormHandle | null>;
  /** More to choose beside device and language. */
  readonly children?: ReactNode;
}

/** A form that can be filled and checked as at one step, on a device of choice; nothing is written anywhere. */
export function FormPreview({ definition, sample, binding, viewer, children }: FormPreviewProps) {
  const words = useWords();
  const [device, setDevice] = useState<Device>('desktop');
  const [language, setLanguage] = useState(useLanguage());
  const [opened, setOpened] = useState(0);
  const [checked, setChecked] = useState<{ readonly as: string; readonly outcome: FormEvaluated } | undefined>(
    undefined,
  );
  // Another step, or anew: an empty form, of which nothing is known yet.
  const as = `${opened} ${JSON.stringify(binding)}`;
  const outcome = checked?.as === as ? checked.outcome : undefined;
  const prepared = useQuery({
    queryKey: ['form-preview', definition],
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: async () => {
      const { validatorUrl, now, zone } = await preparePreview(definition);
      return { validate: await loadValidator(validatorUrl), now: Date.parse(now), zone };
    },
  });
  const check = async (): Promise<void> => {
    const input = viewer.current?.draft() ?? {};
    const { readable, writable, requiredHere } = binding;
    const lists = {
      ...(readable && { readable: [...readable] }),
      ...(writable && { writable: [...writable] }),
      ...(requiredHere && { requiredHere: [...requiredHere] }),
    };
    try {
      const request = { definition, input: { ...input }, stored: { ...sample }, binding: lists };
      setChecked({ as, outcome: await evaluateOnServer(request) });
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <>
      <div className={styles.line}>
        <SegmentedControl
          size="xs"
          aria-label={words('device')}
          data={DEVICES.map((value) => ({ value, label: words(`device_${value}`) }))}
          value={device}
          onChange={(next) => setDevice(next)}
        />
        <SegmentedControl
          size="xs"
          aria-label={words('previewLanguage')}
          data={[
            { value: 'ru', label: 'Рус' },
            { value: 'en', label: 'Eng' },
          ]}
          value={language}
          onChange={(next) => setLanguage(next)}
        />
        {children}
        <div className={styles.actions}>
          <Button size="xs" variant="default" onClick={() => setOpened(opened + 1)}>
            {words('previewReset')}
          </Button>
          <Button size="xs" onClick={() => void check()}>
            {words('previewCheck')}
          </Button>
        </div>
      </div>
      {outcome && <Outcome outcome={outcome} />}
      <div className={styles.device} data-device={device}>
        {prepared.isError && <ErrorState error={prepared.error} onRetry={() => void prepared.refetch()} />}
        {prepared.isPending && <Skeleton height={320} />}
        {prepared.data && (
          <FormViewer
            key={as}
            ref={viewer}
            id="form-preview"
            definition={definition}
            validate={prepared.data.validate}
            binding={binding}
            stored={sample}
            context={sample}
            language={language}
            now={prepared.data.now}
            zone={prepared.data.zone}
            calendars={NO_CALENDARS}
            upload={standIn}
            fileUrl={() => ''}
            lookup={lookUp}
            {...(outcome && { serverErrors: outcome.errors as readonly FormError[] })}
            onSubmit={() => void check()}
          />
        )}
      </div>
    </>
  );
}

/** A reference as an upload would give it; the bytes stay here. */
function standIn(file: File): Promise<FileReference> {
  return Promise.resolve({
    fileKey: String(1 + Math.floor(performance.now())),
    name: file.name,
    mimeType: file.type,
    size: file.size,
    sha256: '0'.repeat(64),
  } as FileReference);
}

function Outcome({ outcome }: { readonly outcome: FormEvaluated }) {
  const words = useWords();
  const { errors, variables } = outcome;
  if (errors.length > 0) {
    // Which ones, the form itself says, at their places.
    return <Alert color="red" role="status" title={words('previewErrors', { count: errors.length })} />;
  }
  return (
    <Alert color="green" role="status" title={words('previewOk')}>
      {words('previewWritten')}: <code className="r-mono">{JSON.stringify(variables)}</code>
    </Alert>
  );
}
