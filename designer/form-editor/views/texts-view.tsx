import { Progress, Switch, TextInput } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useState } from 'react';
import { StateView } from '../../ui/state-view.tsx';
import { shownText } from '../document/document-texts.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { coverage, rowText, textRows, TITLE_KEY, type TextRow } from './text-rows.ts';
import styles from './views.module.css';

/** Every text of the form, Russian beside English, with what is missing. */
export function TextsView() {
  const words = useWords();
  const document = useDocument();
  const [missingOnly, setMissingOnly] = useState(false);
  const { done, total } = coverage(document);
  const rows = textRows(document).filter(
    ({ key, needed }) => needed && (!missingOnly || rowText(document, 'en', key) === ''),
  );
  return (
    <div className={styles.view}>
      <div className={styles.line}>
        <h2>{words('textsTitle')}</h2>
        <div className={styles.coverage}>
          <span>{words('textsCoverage', { done, total })}</span>
          <Progress
            value={total === 0 ? 100 : (done / total) * 100}
            size={6}
            aria-label={words('textsCoverage', { done, total })}
          />
        </div>
        <Switch
          size="sm"
          label={words('textsMissingOnly')}
          checked={missingOnly}
          onChange={(event) => setMissingOnly(event.currentTarget.checked)}
        />
      </div>
      {rows.length === 0 ? (
        <StateView icon={IconLanguage} title={words('textsEmpty')} />
      ) : (
        <table className={styles.table} aria-label={words('textsTitle')}>
          <thead>
            <tr>
              <th scope="col">{words('textsKey')}</th>
              <th scope="col">Русский</th>
              <th scope="col">English</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Line key={row.key} row={row} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function Line({ row }: { readonly row: TextRow }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const { key, part, value = '', owner } = row;
  const of = owner === null ? '' : shownText(document, `${owner.name}.label`, owner.name);
  const what = part === 'options' ? words('part_options', { value }) : words.named('part', part);
  return (
    <tr>
      <td>
        <span className={styles.owner}>{of}</span> <span className={styles.quiet}>{what}</span>
      </td>
      {(['ru', 'en'] as const).map((language) => {
        const text = rowText(document, language, key);
        return (
          <td key={language}>
            <TextInput
              size="xs"
              variant="unstyled"
              className={styles.cell}
              data-missing={(row.needed && text === '') || undefined}
              aria-label={`${of} ${what}, ${language === 'ru' ? 'Русский' : 'English'}`}
              value={text}
              onChange={(event) => {
                const typed = event.currentTarget.value;
                store.run(
                  key === TITLE_KEY
                    ? { kind: 'setTitle', language, text: typed }
                    : { kind: 'setText', language, key, text: typed },
                );
              }}
            />
          </td>
        );
      })}
    </tr>
  );
}
