import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Undoable } from './undoable.ts';

interface UndoButtonsProps {
  readonly store: Undoable;
  readonly history: { readonly past: readonly unknown[]; readonly future: readonly unknown[] };
}

/** One step back, one step forth. */
export function UndoButtons({ store, history }: UndoButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Tooltip label={t('common.undoKeys')}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={history.past.length === 0}
          aria-label={t('common.undo')}
          onClick={() => store.undo()}
        >
          <IconArrowBackUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('common.redoKeys')}>
        <ActionIcon
          variant="default"
          size="lg"
          disabled={history.future.length === 0}
          aria-label={t('common.redo')}
          onClick={() => store.redo()}
        >
          <IconArrowForwardUp size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </>
  );
}
