import { IconAlertTriangle } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { inputId, useForm } from './form-context.ts';
import styles from './form-viewer.module.css';
import { viewerPlural, viewerText } from './texts.ts';

/** More links than these nobody reads; what is left shows up as others are corrected. */
const MOST = 20;

/** What is left to correct, as links to the fields. Appears with the first failed attempt and shrinks while fields are corrected. */
export function ErrorSummary() {
  const { store, language, idPrefix, revealer } = useForm();
  const errors = useSyncExternalStore(
    (listener) => store.subscribe('', listener),
    () => store.summary(),
  );
  if (errors.length === 0) return null;
  const owned = errors.map((error) => ({ error, owner: store.ownerOf(error) }));
  const firstPerField = [
    ...new Map([...owned].reverse().map((one) => [one.owner || one.error.message, one])).values(),
  ].reverse();
  const titleId = `${idPrefix}-errors`;
  const more = firstPerField.length - MOST;
  return (
    <section className={styles.summary} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.summaryTitle} role="status">
        <IconAlertTriangle size={18} aria-hidden />
        {viewerPlural(language, 'errorsTitle', { count: firstPerField.length })}
      </h3>
      <ul className={styles.summaryList}>
        {firstPerField.slice(0, MOST).map(({ error, owner }) => (
          <li key={error.path + error.message}>
            {owner === '' ? (
              error.message
            ) : (
              <a
                href={`#${inputId(idPrefix, owner)}`}
                onClick={(event) => {
                  event.preventDefault();
                  revealer.focus(owner, inputId(idPrefix, owner));
                }}
              >
                {error.message}
              </a>
            )}
          </li>
        ))}
        {more > 0 && <li>{viewerText(language, 'moreErrors', { count: more })}</li>}
      </ul>
    </section>
  );
}
