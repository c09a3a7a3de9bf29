import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './start.module.css';

interface CaptchaFrameProps {
  readonly frameUrl: string;
  /** Empty when the token has expired. */
  readonly onToken: (token: string) => void;
}

/**
 * The page with the provider's widget, of another origin: its script sees nothing of ours. It hands over what it got by
 * `postMessage({ type: 'reglament:captcha', token, height? })` (docs/guide/public-forms.md).
 */
export function CaptchaFrame({ frameUrl, onToken }: CaptchaFrameProps) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  useEffect(() => {
    const { origin } = new URL(frameUrl);
    const listen = (event: MessageEvent): void => {
      if (event.origin !== origin || event.source !== frame.current?.contentWindow) return;
      const told = event.data as {
        readonly type?: unknown;
        readonly token?: unknown;
        readonly height?: unknown;
      } | null;
      if (told?.type !== 'reglament:captcha') return;
      if (typeof told.token === 'string') onToken(told.token);
      if (typeof told.height === 'number') frame.current.style.height = `${Math.min(Math.max(told.height, 60), 640)}px`;
    };
    window.addEventListener('message', listen);
    return () => window.removeEventListener('message', listen);
  }, [frameUrl, onToken]);
  return <iframe ref={frame} id="captcha" className={styles.captcha} src={frameUrl} title={t('start.captcha')} />;
}
