import { exportForm, InvalidForm, type ExchangeNote, type FormFormat } from '#engine';
import { Alert, Button, Modal, Radio } from '@mantine/core';
import { useMemo, useState } from 'react';
import { saveFile } from '../ui/save-file.ts';
import { useLanguage } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import { formKeyOf } from './document/form-document.ts';
import { writeDocument } from './document/write-document.ts';
import { useDocument } from './editor-context.ts';
import { ExchangeNotes } from './exchange-notes.tsx';
import { useWords } from './texts.ts';

const FORMATS: readonly FormFormat[] = ['form/1', 'form-js', 'json-schema', 'json-forms'];
const EXTENSION: Readonly<Record<FormFormat, string>> = {
  'form/1': 'form.json',
  'form-js': 'form',
  'json-schema': 'schema.json',
  'json-forms': 'jsonforms.json',
};

type Prepared =
  | { readonly good: true; readonly text: string; readonly notes: readonly ExchangeNote[] }
  | { readonly good: false; readonly problems: number };

/** The form as a file for another product, or for a pack; what that format has no word for is said before. */
export function ExportFormDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords();
  const language = useLanguage();
  const document = useDocument();
  const [format, setFormat] = useState<FormFormat>('form/1');
  const prepared = useMemo((): Prepared => {
    const definition = writeDocument(document);
    if (format === 'form/1') return { good: true, text: textOf(definition), notes: [] };
    try {
      const { content, notes } = exportForm(definition, { format, language });
      return { good: true, text: textOf(content), notes };
    } catch (error) {
      if (error instanceof InvalidForm) return { good: false, problems: error.problems.length };
      throw error;
    }
  }, [document, format, language]);
  const download = (text: string): void =>
    saveFile(new Blob([text], { type: 'application/json' }), `${formKeyOf(document)}.${EXTENSION[format]}`);
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('exportTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': words('cancel') }}
    >
      <div className={styles.body}>
        <Radio.Group label={words('exportFormat')} value={format} onChange={(value) => setFormat(value)}>
          <div className={styles.choices}>
            {FORMATS.map((one) => (
              <Radio key={one} value={one} label={words.named('format', one)} />
            ))}
          </div>
        </Radio.Group>
        {prepared.good ? (
          format !== 'form/1' && <ExchangeNotes notes={prepared.notes} />
        ) : (
          <Alert color="red" role="alert">
            {words('publishBlocked', { count: prepared.problems })}
          </Alert>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button disabled={!prepared.good} onClick={() => prepared.good && download(prepared.text)}>
            {words('exportDo')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function textOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
