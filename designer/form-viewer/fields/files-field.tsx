import { formatBytes, type FileReference, type FileRules } from '#engine';
import { Button } from '@mantine/core';
import { IconCamera, IconPaperclip } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { refusalOf } from '../upload-queue.ts';
import { FieldSet } from './field-set.tsx';
import { FileCard } from './file-card.tsx';
import { useUploads } from './use-uploads.ts';
import { WaitingFile } from './waiting-file.tsx';

/** Files and photos: dropped, chosen or taken; each uploads at once, and the form holds only the references. */
export function FilesField(binding: FieldBinding) {
  const { field, value, inputId, change, label } = binding;
  const { touch } = useForm();
  const text = useViewerText();
  const files = Array.isArray(value) ? (value as unknown as readonly FileReference[]) : [];
  const { queue, waiting } = useUploads(binding);
  const [over, setOver] = useState(false);
  const [removed, setRemoved] = useState<FileReference | undefined>(undefined);
  const picker = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const rules = field.files!;
  const limit = field.limits.maxItems ?? 1;
  const full = files.length + waiting.filter((entry) => !entry.failure?.final).length >= limit;
  const describe = useFileWords(rules);

  const add = (list: FileList | null): void => {
    let count = files.length + waiting.filter((entry) => !entry.failure?.final).length;
    for (const file of list ?? []) {
      const refusal = refusalOf(file, rules, { count, limit });
      queue.add(file, refusal && describe.refusal(refusal, limit));
      if (!refusal) count += 1;
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    add(event.dataTransfer.files);
  };
  const set = (next: readonly FileReference[]): void =>
    change(field, next.length === 0 ? null : next.map((file) => ({ ...file })));

  return (
    <FieldSet binding={binding}>
      {(describedBy) => (
        <div
          className={styles.drop}
          data-over={over || undefined}
          data-full={full || undefined}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        >
          {(files.length > 0 || waiting.length > 0) && (
            <ul className={styles.files} aria-label={text('fileList', { label })}>
              {files.map((file) => (
                <li key={file.fileKey}>
                  <FileCard
                    file={file}
                    onRemove={() => {
                      set(files.filter((other) => other.fileKey !== file.fileKey));
                      setRemoved(file);
                      document.getElementById(inputId)?.focus();
                    }}
                  />
                </li>
              ))}
              {waiting.map((entry) => (
                <li key={entry.key}>
                  <WaitingFile entry={entry} queue={queue} />
                </li>
              ))}
            </ul>
          )}
          <div className={styles.dropActions}>
            <Button
              id={inputId}
              variant="default"
              className={styles.target}
              leftSection={<IconPaperclip size={16} aria-hidden />}
              aria-describedby={describedBy}
              aria-label={`${describe.add}: ${label}`}
              aria-disabled={full || undefined}
              onClick={() => !full && picker.current?.click()}
            >
              {describe.add}
            </Button>
            {touch && rules.kind !== 'file' && (
              <Button
                variant="default"
                className={styles.target}
                leftSection={<IconCamera size={16} aria-hidden />}
                onClick={() => !full && camera.current?.click()}
              >
                {describe.take}
              </Button>
            )}
            {!touch && <span className={styles.dropHint}>{text('dropHere')}</span>}
            {removed && !files.some((file) => file.fileKey === removed.fileKey) && (
              <span className={styles.undo} role="status">
                {text('removed', { name: removed.name })}
                <Button variant="subtle" size="compact-sm" onClick={() => set([...files, removed])}>
                  {text('undo')}
                </Button>
              </span>
            )}
          </div>
          <div className={styles.dropLimit}>{describe.limit(limit)}</div>
          <input
            ref={picker}
            type="file"
            hidden
            multiple={limit > 1}
            accept={rules.accept.join(',')}
            onChange={(event) => takeFrom(event.currentTarget, add)}
          />
          <input
            ref={camera}
            type="file"
            hidden
            accept={rules.accept.join(',')}
            capture="environment"
            onChange={(event) => takeFrom(event.currentTarget, add)}
          />
        </div>
      )}
    </FieldSet>
  );
}

/** Empties the input, so that the same file can be chosen again after it was removed. */
function takeFrom(input: HTMLInputElement, add: (list: FileList | null) => void): void {
  add(input.files);
  input.value = '';
}

function useFileWords(rules: FileRules) {
  const text = useViewerText();
  const { language } = useForm();
  const size = formatBytes(rules.maxBytes, language);
  const types = [...new Set(rules.accept.map(typeName))].join(', ');
  return {
    add: text(rules.kind === 'photo' ? 'addPhotos' : rules.kind === 'video' ? 'addVideos' : 'addFiles'),
    take: text(rules.kind === 'video' ? 'takeVideo' : 'takePhoto'),
    limit: (count: number) =>
      count === 1 ? text('fileLimit', { types, size }) : text('filesLimit', { types, size, count }),
    refusal: (reason: 'tooBig' | 'wrongType' | 'tooMany', count: number) =>
      ({
        tooBig: text('uploadTooBig', { size }),
        wrongType: text('uploadWrongType', { types }),
        tooMany: text('uploadTooMany', { count }),
      })[reason],
  };
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  'image/jpeg': 'JPG',
  'video/quicktime': 'MOV',
  'text/plain': 'TXT',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'DOCX',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
};

function typeName(mimeType: string): string {
  return TYPE_NAMES[mimeType] ?? mimeType.split('/')[1]!.toUpperCase();
}
