import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp, IconArrowLeft, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DraftState } from '../task/draft-saver.ts';
import { useLanguage } from '../ui/use-language.ts';
import { formKeyOf, titleOf } from './document/form-document.ts';
import styles from './editor.module.css';
import { useEditor, useStore } from './editor-context.ts';
import { SaveState } from './save-state.tsx';
import { useWords } from './texts.ts';

interface EditorHeaderProps {
  readonly save: DraftState;
  readonly published: number | undefined;
  /** Differs from what is published. */
  readonly changed: boolean;
  readonly onPublish: () => void;
  readonly onVersions: () => void;
  readonly onExport: () => void;
  readonly onDiscard: () => void;
}

/** What is edited, whether it is safe, and the way to publish it. */
export function EditorHeader({
  save,
  published,
  changed,
  onPublish,
  onVersions,
  onExport,
  onDiscard,
}: EditorHeaderProps) {
  const words = useWords();
  const store = useStore();
  const { history } = useEditor();
  const { document, past, future } = history;
  const title = titleOf(document, useLanguage());
  const state =
    published === undefined
      ? words('state_draft')
      : words(changed ? 'state_draftOver' : 'state_published', { version: published });
  return (
    <header className={styles.header}>
      <ActionIcon component={Link} to="/forms" variant="subtle" color="gray" aria-label={words('back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <div className={styles.heading}>
        <h1 className={styles.title}>{title}</h1>
        <div className={styles.state}>
          <span className={`${styles.formKey} r-mono`}>{formKeyOf(document)}</span>
          <span>{state}</span>
          <SaveState save={save} />
        </div>
      </div>
      <div className={styles.buttons}>
        <Tooltip label={words('undoKeys')}>
          <ActionIcon
            variant="default"
            size="lg"
            disabled={past.length === 0}
            aria-label={words('undo')}
            onClick={() => store.undo()}
          >
            <IconArrowBackUp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={words('redoKeys')}>
          <ActionIcon
            variant="default"
            size="lg"
            disabled={future.length === 0}
            aria-label={words('redo')}
            onClick={() => store.redo()}
          >
            <IconArrowForwardUp size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={words('more')}>
              <IconDots size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={onVersions} disabled={published === undefined}>
              {words('versions')}
            </Menu.Item>
            <Menu.Item onClick={onExport}>{words('exportForm')}</Menu.Item>
            <Menu.Item onClick={onDiscard} disabled={!changed}>
              {words('discard')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Button onClick={onPublish} disabled={!changed}>
          {words('publish')}
        </Button>
      </div>
    </header>
  );
}
