import { IconAlertTriangle } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { inputId, useForm } from './form-context.ts';
import { nameOf } from './form-store.ts';
import styles from './form-viewer.module.css';
import { viewerPlural } from './texts.ts';

/** What is left to correct, as links to the fields. Appears with the first failed attempt and shrinks while fields are corrected. */
export function ErrorSummary() {
  const { store, language, idPrefix } = useForm();
  const errors = useSyncExternalStore(
    (listener) => store.subscribe('', listener),
    () => store.summary(),
  );
  if (errors.length === 0) return null;
  const firstPerField = [
    ...new Map([...errors].reverse().map((error) => [nameOf(error) || error.message, error])).values(),
  ].reverse();
  const titleId = `${idPrefix}-errors`;
  return (
    <section className={styles.summary} aria-labelledby={titleId}>
      <h3 id={titleId} className={styles.summaryTitle} role="status">
        <IconAlertTriangle size={18} aria-hidden />
        {viewerPlural(language, 'errorsTitle', { count: firstPerField.length })}
      </h3>
      <ul className={styles.summaryList}>
        {firstPerField.map((error) => (
          <li key={error.path + error.message}>
            {nameOf(error) === '' ? (
              error.message
            ) : (
              <a
                href={`#${inputId(idPrefix, nameOf(error))}`}
                onClick={(event) => {
                  event.preventDefault();
                  document.getElementById(inputId(idPrefix, nameOf(error)))?.focus();
                }}
              >
                {error.message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
