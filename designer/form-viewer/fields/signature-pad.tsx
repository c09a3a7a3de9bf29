import { Button } from '@mantine/core';
import { IconCheck, IconPhoto } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import Pad from 'signature_pad';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';

interface SignaturePadProps {
  readonly binding: FieldBinding;
  readonly describedBy: string | undefined;
  readonly onDone: (png: File) => void;
  /** For who cannot draw: a picture of the signature. */
  readonly onChoose: () => void;
}

/** Blue-black ink on white: a signature is printed into documents. */
const INK = '#14213d';
const PAPER = '#ffffff';

/** The paper. What is drawn and not yet confirmed keeps the form from being sent, so that no signature is lost in silence. */
export function SignaturePad({ binding, describedBy, onDone, onChoose }: SignaturePadProps) {
  const text = useViewerText();
  const { label, inputId, block } = binding;
  const canvas = useRef<HTMLCanvasElement>(null);
  const pad = useRef<Pad>(null);
  const [drawn, setDrawn] = useState(false);
  useEffect(() => {
    const paper = canvas.current!;
    const created = new Pad(paper, { penColor: INK, backgroundColor: PAPER, minWidth: 0.8, maxWidth: 2.6 });
    pad.current = created;
    created.addEventListener('endStroke', () => setDrawn(!created.isEmpty()));
    /** A canvas has its own pixels; turned phones and other screens change how many are needed. What is drawn is drawn again. */
    const fit = (): void => {
      const ratio = Math.max(globalThis.devicePixelRatio, 1);
      const width = Math.round(paper.clientWidth * ratio);
      if (width === 0 || width === paper.width) return;
      const strokes = created.toData();
      paper.width = width;
      paper.height = Math.round(paper.clientHeight * ratio);
      paper.getContext('2d')?.scale(ratio, ratio);
      created.clear();
      created.fromData(strokes);
    };
    const watcher = new ResizeObserver(fit);
    watcher.observe(paper);
    fit();
    return () => {
      watcher.disconnect();
      created.off();
    };
  }, []);
  useEffect(() => {
    block(drawn ? text('signPending', { label }) : undefined);
    return () => block(undefined);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `text` is made anew with every drawing and says the same
  }, [block, label, drawn]);
  const done = (): void =>
    canvas.current!.toBlob((png) => {
      if (png) onDone(new File([png], text('signatureFile'), { type: 'image/png' }));
    }, 'image/png');
  return (
    <>
      <div className={styles.pad}>
        <canvas ref={canvas} className={styles.paper} aria-hidden />
        {!drawn && <span className={styles.padHint}>{text('signHere')}</span>}
      </div>
      <div className={styles.dropActions}>
        <Button
          id={inputId}
          className={styles.target}
          leftSection={<IconCheck size={16} aria-hidden />}
          aria-describedby={describedBy}
          aria-label={`${text('signDone')}: ${label}`}
          aria-disabled={!drawn || undefined}
          variant={drawn ? 'filled' : 'default'}
          onClick={() => drawn && done()}
        >
          {text('signDone')}
        </Button>
        {drawn ? (
          <Button
            variant="default"
            className={styles.target}
            onClick={() => {
              pad.current?.clear();
              setDrawn(false);
            }}
          >
            {text('signClear')}
          </Button>
        ) : (
          <Button
            variant="subtle"
            className={styles.target}
            leftSection={<IconPhoto size={16} aria-hidden />}
            onClick={onChoose}
          >
            {text('signChoose')}
          </Button>
        )}
      </div>
    </>
  );
}
