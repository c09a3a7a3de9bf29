import type { FileReference } from '#engine';
import { Button } from '@mantine/core';
import { IconEraser, IconSignature } from '@tabler/icons-react';
import { lazy, Suspense, useRef } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { FieldSet } from './field-set.tsx';
import { useUploads } from './use-uploads.ts';
import { WaitingFile } from './waiting-file.tsx';

const SignaturePad = lazy(() => import('./signature-pad.tsx').then((module) => ({ default: module.SignaturePad })));

/** Drawn, confirmed with «Готово», stored as a PNG through the same queue as every file; or a PNG chosen, for who cannot draw. */
export function SignatureField(binding: FieldBinding) {
  const { value, inputId, change, field, label } = binding;
  const text = useViewerText();
  const { queue, waiting } = useUploads(binding);
  const picker = useRef<HTMLInputElement>(null);
  const [signature] = Array.isArray(value) ? (value as unknown as readonly FileReference[]) : [];
  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div className={styles.signature}>
          {signature ? (
            <>
              <SignatureImage file={signature} label={label} />
              <Button
                id={inputId}
                variant="default"
                className={styles.target}
                leftSection={<IconEraser size={16} aria-hidden />}
                aria-describedby={describedBy}
                onClick={() => change(field, null)}
              >
                {text('signAgain')}
              </Button>
            </>
          ) : waiting.length > 0 ? (
            waiting.map((entry) => <WaitingFile key={entry.key} entry={entry} queue={queue} />)
          ) : (
            <>
              <Suspense fallback={<div className={styles.pad} />}>
                <SignaturePad
                  binding={binding}
                  describedBy={describedBy}
                  onDone={(file) => queue.add(file)}
                  onChoose={() => picker.current?.click()}
                />
              </Suspense>
              <input
                ref={picker}
                type="file"
                hidden
                accept="image/png"
                onChange={({ currentTarget: input }) => {
                  const [file] = input.files ?? [];
                  if (file) queue.add(file);
                  input.value = '';
                }}
              />
            </>
          )}
        </div>
      )}
    </FieldSet>
  );
}

export function SignatureImage({ file, label }: { readonly file: FileReference; readonly label: string }) {
  const { fileUrl } = useForm();
  const text = useViewerText();
  return (
    <span className={styles.signed}>
      <img src={fileUrl(file)} alt={text('signatureAlt', { label })} />
      <IconSignature size={16} aria-hidden className={styles.signedMark} />
    </span>
  );
}
