import { importForm, NotAForm, type FormImport } from '#engine';
import { Alert, Button, FileInput, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toastProblem } from '../ui/toast.tsx';
import { useLanguage } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import { ExchangeNotes } from './exchange-notes.tsx';
import { freeKey, keyProblem } from './free-key.ts';
import { useWords } from './texts.ts';
import { useCreateForm } from './use-create-form.ts';

/** Two megabytes of JSON are more than the server takes for a form. */
const MAX_BYTES = 2 * 1024 * 1024;

interface ImportFormDialogProps {
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** A form of another product becomes a draft; before that it is said what could not be carried over. */
export function ImportFormDialog({ taken, onClose }: ImportFormDialogProps) {
  const words = useWords();
  const language = useLanguage();
  const [imported, setImported] = useState<FormImport | undefined>(undefined);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const [key, setKey] = useState('');
  const { busy, create } = useCreateForm();
  const problem = imported === undefined ? undefined : keyProblem(key, taken);

  const read = async (file: File | null): Promise<void> => {
    setImported(undefined);
    setRefused(undefined);
    if (file === null) return;
    try {
      if (file.size > MAX_BYTES) throw new NotAForm({ ru: words('importTooLarge'), en: words('importTooLarge') });
      const result = importForm(JSON.parse(await file.text()) as unknown);
      setImported(result);
      setKey(freeKey(result.definition['key'] as string, taken));
    } catch (error) {
      // What is inside decides, not the name of the file.
      if (error instanceof NotAForm) setRefused(error.texts[language]);
      else if (error instanceof SyntaxError) setRefused(words('importNoJson'));
      else toastProblem(error);
    }
  };

  return (
    <Modal
      opened
      onClose={onClose}
      title={words('importTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': words('cancel') }}
    >
      <form
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (imported !== undefined && problem === undefined) void create(key, { ...imported.definition, key });
        }}
      >
        <FileInput
          data-autofocus
          label={words('importFile')}
          description={words('importFileHint')}
          placeholder={words('importChoose')}
          accept=".json,.form,application/json"
          clearable
          onChange={(file) => void read(file)}
        />
        {refused !== undefined && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        {imported !== undefined && (
          <>
            <p>{words.named('format', imported.format)}</p>
            <TextInput
              label={words('createKey')}
              description={words('createKeyHint')}
              value={key}
              error={problem === undefined ? undefined : words(problem)}
              classNames={{ input: 'r-mono' }}
              onChange={(event) => setKey(event.currentTarget.value)}
            />
            <ExchangeNotes notes={imported.notes} />
            {imported.problems.length > 0 && <p>{words('importProblems', { count: imported.problems.length })}</p>}
          </>
        )}
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={imported === undefined || problem !== undefined}>
            {words('importDo')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
