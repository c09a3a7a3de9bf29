import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './start.module.css';

/** Throws away what was typed and photographed. It cannot come back, so it is asked once more, in place. */
export function DiscardDraft({ onDiscard }: { readonly onDiscard: () => void }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  if (!asked) {
    return (
      <Button
        ref={opener}
        variant="subtle"
        color="gray"
        size="md"
        className={styles.discard}
        leftSection={<IconEraser size={18} aria-hidden />}
        onClick={() => setAsked(true)}
      >
        {t('start.discard')}
      </Button>
    );
  }
  return (
    <div className={styles.discardAsked} role="group" aria-labelledby="discard-question">
      <p id="discard-question">{t('start.discardQuestion')}</p>
      <Button
        size="md"
        color="red"
        variant="light"
        onClick={() => {
          setAsked(false);
          onDiscard();
        }}
      >
        {t('start.discardYes')}
      </Button>
      <Button
        size="md"
        variant="default"
        autoFocus
        onClick={() => {
          setAsked(false);
          setTimeout(() => opener.current?.focus());
        }}
      >
        {t('start.discardNo')}
      </Button>
    </div>
  );
}
