import type { FormFragmentView } from '#contract';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteFormFragment, formFragmentsQuery, saveFormFragment } from '../../api/form-fragments.ts';
import { saveFile } from '../../ui/save-file.ts';
import { toastProblem } from '../../ui/toast.tsx';
import { kebabFromLabel } from '../document/field-name.ts';
import type { FormFragment } from '../document/form-fragment.ts';
import { randomStableId } from '../editor-store.ts';
import { toastDone, toastNote } from '../editor-toast.ts';
import { useWords } from '../texts.ts';
import { readFragmentFile, writeFragmentFile } from './fragment-file.ts';

export interface FragmentActs {
  readonly save: (title: string, fragment: FormFragment) => Promise<void>;
  readonly rename: (kept: FormFragmentView, title: string) => Promise<void>;
  /** With a way back for a while: nothing refers to a fragment, so it comes back whole. */
  readonly remove: (kept: FormFragmentView) => Promise<void>;
  readonly download: (kept: FormFragmentView) => void;
  readonly upload: (file: File) => Promise<void>;
}

/** What can be done to the fragments that are kept. */
export function useFragments(): FragmentActs {
  const words = useWords();
  const { t } = useTranslation();
  const client = useQueryClient();
  return useMemo((): FragmentActs => {
    const put = async (id: string, title: string, fragment: FormFragment): Promise<boolean> => {
      try {
        const content = fragment as unknown as FormFragmentView['content'];
        await saveFormFragment(id, { title, content });
        await client.invalidateQueries({ queryKey: formFragmentsQuery.queryKey });
        return true;
      } catch (error) {
        toastProblem(error);
        return false;
      }
    };
    const save = async (title: string, fragment: FormFragment): Promise<void> => {
      if (await put(randomStableId(), title, fragment)) toastDone(words('fragmentSaved', { title }));
    };
    const offerUndo = (kept: FormFragmentView): void => {
      const id = `fragment-${kept.fragmentId}`;
      const undo = (): void => {
        notifications.hide(id);
        void put(kept.fragmentId, kept.title, fragmentIn(kept));
      };
      notifications.show({
        id,
        title: words('fragmentDeleted', { title: kept.title }),
        message: (
          <Button variant="default" size="compact-sm" onClick={undo}>
            {t('common.undo')}
          </Button>
        ),
        withBorder: true,
        autoClose: 15_000,
        closeButtonProps: { 'aria-label': words('cancel') },
      });
    };
    return {
      save,
      rename: async (kept, title) => void (await put(kept.fragmentId, title, fragmentIn(kept))),
      remove: async (kept) => {
        try {
          await deleteFormFragment(kept.fragmentId);
          await client.invalidateQueries({ queryKey: formFragmentsQuery.queryKey });
          offerUndo(kept);
        } catch (error) {
          toastProblem(error);
        }
      },
      download: (kept) => {
        const text = writeFragmentFile({ title: kept.title, fragment: fragmentIn(kept) });
        const blob = new Blob([text], { type: 'application/json' });
        saveFile(blob, `${kebabFromLabel(kept.title)}.fragment.json`);
      },
      upload: async (file) => {
        const named = readFragmentFile(await file.text(), file.name);
        if (named) await save(named.title, named.fragment);
        else toastNote(words('fragmentNone', { file: file.name }));
      },
    };
  }, [client, words, t]);
}

/** The contract says no more of its parts than that they are JSON. */
export function fragmentIn({ content }: FormFragmentView): FormFragment {
  return content as unknown as FormFragment;
}
