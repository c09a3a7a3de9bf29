import type { ExchangeNote } from '#engine';
import { useLanguage } from '../ui/use-language.ts';
import styles from './dialog.module.css';
import { useWords } from './texts.ts';

/** What did not come along, and what is in another shape now; the place in the source after each. */
export function ExchangeNotes({ notes }: { readonly notes: readonly ExchangeNote[] }) {
  const words = useWords();
  const language = useLanguage();
  if (notes.length === 0) return <p className={styles.lead}>{words('exchangeWhole')}</p>;
  return (
    <section className={styles.notes} aria-label={words('exchangeNotes', { count: notes.length })}>
      <h3>{words('exchangeNotes', { count: notes.length })}</h3>
      <ul>
        {notes.map(({ kind, path, message }, index) => (
          <li key={index} data-kind={kind}>
            {message[language]} <code className="r-mono">{path}</code>
          </li>
        ))}
      </ul>
    </section>
  );
}
