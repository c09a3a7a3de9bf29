import { Button, Modal } from '@mantine/core';
import { IconCameraOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useViewerText } from '../form-context.ts';
import styles from './scanner.module.css';
import { useScanner } from './use-scanner.ts';

interface ScannerProps {
  readonly label: string;
  readonly onFound: (text: string) => void;
  readonly onClose: () => void;
}

/** The camera in a window. Whatever keeps it from working is said, and typing is one button away. */
export function Scanner({ label, onFound, onClose }: ScannerProps) {
  const text = useViewerText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={text('scanTitle', { label })}
      closeButtonProps={{ 'aria-label': text('scanManual') }}
      centered
    >
      <Camera onFound={onFound} onClose={onClose} />
    </Modal>
  );
}

function Camera({ onFound, onClose }: Omit<ScannerProps, 'label'>) {
  const text = useViewerText();
  const [attempt, setAttempt] = useState(0);
  const { state, video } = useScanner(onFound, attempt);
  const running = state === 'scanHint' || state === 'scanStarting';
  return (
    <div className={styles.scanner}>
      <div className={styles.frame} data-running={state === 'scanHint' || undefined}>
        {running ? (
          <>
            <video ref={video} className={styles.video} muted playsInline aria-hidden />
            <div className={styles.target} aria-hidden />
          </>
        ) : (
          <IconCameraOff size={40} aria-hidden />
        )}
      </div>
      <p className={styles.words} role="status" data-failed={!running || undefined}>
        {text(state)}
      </p>
      <div className={styles.actions}>
        {!running && state !== 'scanInsecure' && (
          <Button variant="default" className={styles.button} onClick={() => setAttempt(attempt + 1)}>
            {text('scanAgain')}
          </Button>
        )}
        <Button variant={running ? 'default' : 'filled'} className={styles.button} onClick={onClose}>
          {text('scanManual')}
        </Button>
      </div>
    </div>
  );
}
