import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconArrowLeft, IconDots } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { DraftState } from '../task/draft-saver.ts';
import frame from '../ui/editor-frame.module.css';
import { UndoButtons } from '../ui/undo-buttons.tsx';
import { useLanguage } from '../ui/use-language.ts';
import { formKeyOf, titleOf } from './document/form-document.ts';
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
  const { document } = history;
  const title = titleOf(document, useLanguage());
  const state =
    published === undefined
      ? words('state_draft')
      : words(changed ? 'state_draftOver' : 'state_published', { version: published });
  return (
    <header className={frame.header} data-over-tabs>
      <ActionIcon component={Link} to="/forms" variant="subtle" color="gray" aria-label={words('back')}>
        <IconArrowLeft size={18} aria-hidden />
      </ActionIcon>
      <div className={frame.heading}>
        <h1 className={frame.title}>{title}</h1>
        <div className={frame.state}>
          <span className="r-mono">{formKeyOf(document)}</span>
          <span>{state}</span>
          <SaveState save={save} />
        </div>
      </div>
      <div className={frame.buttons}>
        <UndoButtons store={store} history={history} />
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
