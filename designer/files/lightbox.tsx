import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconX, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { formatFileSize } from '../format/file-size.ts';
import { useLanguage } from '../ui/use-language.ts';
import { fileExtension, fileKind } from './file-kind.ts';
import type { ShownFile } from './file-tiles.tsx';
import styles from './lightbox.module.css';
import { FITTED, pan, zoomAt, type Zoom } from './zoom.ts';

interface LightboxProps {
  readonly files: readonly ShownFile[];
  readonly index: number;
  readonly onMove: (index: number) => void;
  readonly onClose: () => void;
}

/** One file large: arrows go to the next, + and − zoom, 0 fits, dragging moves, Esc closes. */
export function Lightbox({ files, index, onMove, onClose }: LightboxProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [zoom, setZoom] = useState<Zoom>(FITTED);
  const file = files[index];
  const move = (step: 1 | -1): void => {
    setZoom(FITTED);
    onMove((index + step + files.length) % files.length);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowRight' && files.length > 1) move(1);
    else if (event.key === 'ArrowLeft' && files.length > 1) move(-1);
    else if (event.key === '+' || event.key === '=') setZoom((old) => zoomAt(old, 1.4));
    else if (event.key === '-') setZoom((old) => zoomAt(old, 1 / 1.4));
    else if (event.key === '0') setZoom(FITTED);
    else return;
    event.preventDefault();
  };
  if (file === undefined) return null;
  const picture = fileKind(file.mimeType) === 'picture';
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      withCloseButton={false}
      padding={0}
      aria-label={file.name}
      classNames={{ content: styles.window, body: styles.body }}
      onKeyDown={onKeyDown}
    >
      <header className={styles.head}>
        <div className={styles.names}>
          <div className={styles.name}>{file.name}</div>
          <div className={styles.note} role="status">
            {t('files.position', { index: index + 1, total: files.length })} · {formatFileSize(file.size, language)}
          </div>
        </div>
        {picture && (
          <>
            <Tool
              label={t('files.zoomOut')}
              onClick={() => setZoom((old) => zoomAt(old, 1 / 1.4))}
              icon={IconZoomOut}
              disabled={zoom.scale === 1}
            />
            <Tool label={t('files.zoomIn')} onClick={() => setZoom((old) => zoomAt(old, 1.4))} icon={IconZoomIn} />
          </>
        )}
        <ActionIcon
          component="a"
          href={file.url}
          download={file.name}
          size={40}
          className={styles.tool}
          aria-label={t('common.download')}
        >
          <IconDownload size={20} />
        </ActionIcon>
        <Tool label={t('common.close')} onClick={onClose} icon={IconX} />
      </header>
      <div className={styles.stage}>
        {picture ? <Picture key={file.fileKey} file={file} zoom={zoom} onZoom={setZoom} /> : <Other file={file} />}
        {files.length > 1 && (
          <>
            <Tool
              label={t('files.previous')}
              onClick={() => move(-1)}
              icon={IconChevronLeft}
              className={styles.previous}
            />
            <Tool label={t('files.next')} onClick={() => move(1)} icon={IconChevronRight} className={styles.next} />
          </>
        )}
      </div>
    </Modal>
  );
}

interface ToolProps {
  readonly label: string;
  readonly onClick: () => void;
  readonly icon: typeof IconX;
  readonly disabled?: boolean;
  readonly className?: string;
}

function Tool({ label, onClick, icon: Icon, disabled = false, className = '' }: ToolProps) {
  return (
    <ActionIcon
      size={40}
      className={`${styles.tool} ${className}`}
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
    >
      <Icon size={20} />
    </ActionIcon>
  );
}

interface PictureProps {
  readonly file: ShownFile;
  readonly zoom: Zoom;
  readonly onZoom: (change: (zoom: Zoom) => Zoom) => void;
}

function Picture({ file, zoom, onZoom }: PictureProps) {
  const { t } = useTranslation();
  const stage = useRef<HTMLDivElement>(null);
  const [broken, setBroken] = useState(false);
  useEffect(() => {
    const element = stage.current;
    // React listens to wheel passively; zooming must keep the page from zooming too.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      onZoom((old) => zoomAt(old, event.deltaY < 0 ? 1.2 : 1 / 1.2, fromMiddle(event)));
    };
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, [onZoom]);
  const onPointerMove = (event: PointerEvent): void => {
    if (event.buttons === 1) onZoom((old) => pan(old, event.movementX, event.movementY));
  };
  if (broken) return <p className={styles.message}>{t('files.broken')}</p>;
  return (
    <div
      ref={stage}
      className={styles.picture}
      data-zoomed={zoom.scale > 1 || undefined}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={(event) =>
        onZoom((old) => (old.scale > 1 ? FITTED : zoomAt(old, 2.5, fromMiddle(event.nativeEvent))))
      }
    >
      <img
        src={file.url}
        alt={file.name}
        draggable={false}
        style={{ transform: `translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})` }}
        onError={() => setBroken(true)}
      />
    </div>
  );
}

function Other({ file }: { readonly file: ShownFile }) {
  const { t } = useTranslation();
  const kind = fileKind(file.mimeType);
  if (kind === 'video') return <video className={styles.video} src={file.url} controls />;
  return (
    <div className={styles.message}>
      <span className={styles.extension}>{fileExtension(file.name, file.mimeType)}</span>
      {kind === 'other' && <p>{t('files.noPreview')}</p>}
      {kind === 'pdf' ? (
        <Button component="a" href={file.url} target="_blank" rel="noreferrer">
          {t('common.open')}
        </Button>
      ) : (
        <Button component="a" href={file.url} download={file.name}>
          {t('common.download')}
        </Button>
      )}
    </div>
  );
}

function fromMiddle(event: MouseEvent): { readonly x: number; readonly y: number } {
  const box =
    (event.currentTarget as HTMLElement | null)?.getBoundingClientRect() ??
    (event.target as HTMLElement).getBoundingClientRect();
  return { x: event.clientX - box.x - box.width / 2, y: event.clientY - box.y - box.height / 2 };
}
