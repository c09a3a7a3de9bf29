import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from './dialog.module.css';
import { freeKey, keyProblem } from './free-key.ts';
import { kebabFromLabel } from './document/field-name.ts';
import { templateForm, type TemplateId } from './form-templates.ts';
import { TemplateChoice } from './template-choice.tsx';
import { useWords } from './texts.ts';
import { useCreateForm } from './use-create-form.ts';

interface NewFormDialogProps {
  readonly template: TemplateId;
  readonly taken: ReadonlySet<string>;
  readonly onClose: () => void;
}

/** Name, key and what to begin with; the key follows the name until somebody writes another. */
export function NewFormDialog({ template, taken, onClose }: NewFormDialogProps) {
  const words = useWords();
  const [from, setFrom] = useState(template);
  const [title, setTitle] = useState('');
  const [ownKey, setOwnKey] = useState<string | undefined>(undefined);
  const { busy, create } = useCreateForm();
  const key = ownKey ?? (title.trim() === '' ? '' : freeKey(kebabFromLabel(title), taken));
  const problem = key === '' ? undefined : keyProblem(key, taken);

  return (
    <Modal
      opened
      onClose={onClose}
      title={words('createTitle')}
      size="lg"
      closeButtonProps={{ 'aria-label': words('cancel') }}
    >
      <form
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim() !== '' && key !== '' && problem === undefined)
            void create(key, templateForm(from, { key, title: title.trim() }));
        }}
      >
        <TextInput
          data-autofocus
          label={words('createName')}
          description={words('createNameHint')}
          value={title}
          maxLength={200}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <TextInput
          label={words('createKey')}
          description={words('createKeyHint')}
          value={key}
          error={problem === undefined ? undefined : words(problem)}
          classNames={{ input: 'r-mono' }}
          onChange={(event) => setOwnKey(event.currentTarget.value)}
        />
        <div>
          <div className={styles.caption}>{words('createFrom')}</div>
          <TemplateChoice value={from} onChoose={setFrom} />
        </div>
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={title.trim() === '' || key === '' || problem !== undefined}>
            {words('create')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
