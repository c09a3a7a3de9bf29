import { ActionIcon } from '@mantine/core';
import { IconScan } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useViewerText } from '../form-context.ts';
import styles from '../form-viewer.module.css';

const Scanner = lazy(() => import('./scanner.tsx').then((module) => ({ default: module.Scanner })));

interface ScanButtonProps {
  readonly label: string;
  readonly onFound: (text: string) => void;
}

/** Stands in the input; camera and decoder are loaded when it is pressed. */
export function ScanButton({ label, onFound }: ScanButtonProps) {
  const text = useViewerText();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        className={styles.target}
        aria-label={text('scan', { label })}
        onClick={() => setOpened(true)}
      >
        <IconScan size={18} aria-hidden />
      </ActionIcon>
      {opened && (
        <Suspense>
          <Scanner
            label={label}
            onClose={() => setOpened(false)}
            onFound={(found) => {
              setOpened(false);
              onFound(found);
            }}
          />
        </Suspense>
      )}
    </>
  );
}
