import type { FormStep } from '#contract';
import { Button, Select, Textarea } from '@mantine/core';
import { IconMoodSad } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import type { FormHandle } from '../../form-viewer/form-viewer.tsx';
import { StateView } from '../../ui/state-view.tsx';
import { isJsonObject, type JsonObject } from '../document/form-document.ts';
import { writeDocument } from '../document/write-document.ts';
import { useEditor, useStore } from '../editor-context.ts';
import { lintDocument } from '../problems/lint-document.ts';
import { useWords } from '../texts.ts';
import { FormPreview } from './form-preview.tsx';
import styles from './views.module.css';

/** One object: another one would open the form anew. */
const NO_BINDING: FormStep['binding'] = {};

/** The form as people will fill it, with the validator and the rules they get; nothing is written anywhere. */
export function PreviewView({ steps }: { readonly steps: readonly FormStep[] }) {
  const words = useWords();
  const store = useStore();
  const { history, sample } = useEditor();
  const [stepName, setStepName] = useState<string | null>(null);
  const viewer = useRef<FormHandle>(null);
  const binding = steps.find((step) => nameOf(step) === stepName)?.binding ?? NO_BINDING;
  const broken = lintDocument(history.document).some(({ severity }) => severity === 'error');
  if (broken) return <StateView icon={IconMoodSad} title={words('previewBroken')} lead={words('previewBrokenLead')} />;
  return (
    <div className={styles.preview}>
      <FormPreview definition={writeDocument(history.document)} sample={sample} binding={binding} viewer={viewer}>
        {steps.length > 0 && (
          <Select
            className={styles.step}
            size="xs"
            clearable
            aria-label={words('previewStep')}
            placeholder={words('previewStep')}
            data={steps.map((step) => ({
              value: nameOf(step),
              label: words('previewStepOf', { step: step.elementName, process: step.processName }),
            }))}
            value={stepName}
            onChange={setStepName}
          />
        )}
      </FormPreview>
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
