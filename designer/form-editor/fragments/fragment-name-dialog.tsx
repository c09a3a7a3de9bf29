import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import styles from '../dialog.module.css';
import { useWords } from '../texts.ts';

interface FragmentNameDialogProps {
  readonly name: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

/** What a fragment is called. */
export function FragmentNameDialog({ name, onName, onClose }: FragmentNameDialogProps) {
  const words = useWords();
  const [typed, setTyped] = useState(name);
  const title = typed.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={words('fragmentTitle')}
      closeButtonProps={{ 'aria-label': words('cancel') }}
      // The canvas below listens to keys and clicks of its own.
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form
        className={styles.body}
        onSubmit={(event) => {
          event.preventDefault();
          if (title === '') return;
          onName(title);
          onClose();
        }}
      >
        <TextInput
          data-autofocus
          label={words('fragmentName')}
          description={words('fragmentNameHint')}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={styles.actions}>
          <Button variant="default" onClick={onClose}>
            {words('cancel')}
          </Button>
          <Button type="submit" disabled={title === ''}>
            {words('fragmentSave')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
