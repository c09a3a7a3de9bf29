import { buildCalendarSet, type FileReference, type FormError } from '#engine';
import type { FormEvaluated, FormStep } from '#contract';
import { Alert, Button, Select, SegmentedControl, Skeleton, Textarea } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { lookUp } from '../../api/directory.ts';
import { evaluateOnServer, preparePreview } from '../../api/forms.ts';
import { FormViewer, type FormHandle } from '../../form-viewer/form-viewer.tsx';
import { loadValidator } from '../../form-viewer/load-validator.ts';
import { ErrorState, StateView } from '../../ui/state-view.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { useLanguage } from '../../ui/use-language.ts';
import { isJsonObject, type JsonObject } from '../document/form-document.ts';
import { writeDocument } from '../document/write-document.ts';
import { useEditor, useStore } from '../editor-context.ts';
import { lintDocument } from '../problems/lint-document.ts';
import { useWords } from '../texts.ts';
import styles from './views.module.css';

const DEVICES = ['desktop', 'tablet', 'phone'] as const;
type Device = (typeof DEVICES)[number];
const NO_CALENDARS = buildCalendarSet([]);
/** One object: another one would open the form anew. */
const NO_BINDING: FormStep['binding'] = {};

/** The form as people will fill it, with the validator and the rules they get; nothing is written anywhere. */
export function PreviewView({ steps }: { readonly steps: readonly FormStep[] }) {
  const words = useWords();
  const store = useStore();
  const { history, sample } = useEditor();
  const [device, setDevice] = useState<Device>('desktop');
  const [language, setLanguage] = useState(useLanguage());
  const [stepName, setStepName] = useState<string | null>(null);
  const binding = steps.find((step) => nameOf(step) === stepName)?.binding ?? NO_BINDING;
  const definition = writeDocument(history.document);
  const broken = lintDocument(history.document).some(({ severity }) => severity === 'error');
  const prepared = useQuery({
    queryKey: ['form-preview', definition],
    enabled: !broken,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    queryFn: async () => {
      const { validatorUrl, now, zone } = await preparePreview(definition);
      return { validate: await loadValidator(validatorUrl), now: Date.parse(now), zone };
    },
  });
  const viewer = useRef<FormHandle>(null);
  const [opened, setOpened] = useState(0);
  const [outcome, setOutcome] = useState<FormEvaluated | undefined>(undefined);
  const check = async (): Promise<void> => {
    const input = viewer.current?.draft() ?? {};
    try {
      setOutcome(await evaluateOnServer({ definition, input: { ...input }, stored: { ...sample }, binding }));
    } catch (error) {
      toastProblem(error);
    }
  };
  if (broken) return <StateView icon={IconMoodSad} title={words('previewBroken')} lead={words('previewBrokenLead')} />;
  return (
    <div className={styles.preview}>
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
        {steps.length > 0 && (
          <Select
            size="xs"
            clearable
            aria-label={words('previewStep')}
            placeholder={words('previewStep')}
            data={steps.map((step) => ({
              value: nameOf(step),
              label: words('previewStepOf', { step: step.elementName, process: step.processName }),
            }))}
            value={stepName}
            onChange={(next) => {
              setStepName(next);
              setOutcome(undefined);
              setOpened(opened + 1);
            }}
          />
        )}
        <div className={styles.actions}>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setOutcome(undefined);
              setOpened(opened + 1);
            }}
          >
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
            key={opened}
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
      <SampleEditor
        key={JSON.stringify(sample)}
        sample={sample}
        onSave={(next) => store.setSample(next)}
        onKeep={() => store.setSample({ ...sample, ...viewer.current?.draft() })}
      />
    </div>
  );
}

function nameOf({ processId, elementId }: FormStep): string {
  return `${processId}/${elementId}`;
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

interface SampleEditorProps {
  readonly sample: JsonObject;
  readonly onSave: (sample: JsonObject) => void;
  readonly onKeep: () => void;
}

function SampleEditor({ sample, onSave, onKeep }: SampleEditorProps) {
  const words = useWords();
  const [text, setText] = useState(JSON.stringify(sample, null, 2));
  const read = (): JsonObject | undefined => {
    try {
      const json: unknown = JSON.parse(text);
      return isJsonObject(json) ? json : undefined;
    } catch {
      return undefined;
    }
  };
  return (
    <details className={styles.sample}>
      <summary>{words('previewSample')}</summary>
      <Textarea
        size="xs"
        autosize
        minRows={3}
        description={words('previewSampleHint')}
        aria-label={words('previewSample')}
        classNames={{ input: 'r-mono' }}
        error={read() === undefined ? words('previewSampleWrong') : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onBlur={() => {
          const next = read();
          if (next && JSON.stringify(next) !== JSON.stringify(sample)) onSave(next);
        }}
      />
      <Button size="xs" variant="default" onClick={onKeep}>
        {words('previewSampleSave')}
      </Button>
    </details>
  );
}
