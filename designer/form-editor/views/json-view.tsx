import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { toastDone } from '../editor-toast.ts';
import type { JsonObject } from '../document/form-document.ts';
import { NotAForm, readDocument } from '../document/read-document.ts';
import { writeDocument } from '../document/write-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './views.module.css';

/** The definition as JSON. What is applied is one step that can be undone. */
export function JsonView() {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const current = `${JSON.stringify(writeDocument(document), null, 2)}\n`;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const text = typed ?? current;
  const problem = typed === undefined ? undefined : problemOf(typed, words);
  const apply = (): void => {
    if (problem !== undefined || typed === undefined) return;
    const definition = { ...(JSON.parse(typed) as JsonObject), key: document.shell['key']! };
    store.run({ kind: 'replace', definition });
    setTyped(undefined);
    toastDone(words('jsonApplied'));
  };
  return (
    <div className={styles.view}>
      <div className={styles.line}>
        <h2>{words('jsonTitle')}</h2>
        <div className={styles.actions}>
          <Button variant="default" size="xs" disabled={typed === undefined} onClick={() => setTyped(undefined)}>
            {words('jsonReset')}
          </Button>
          <Button size="xs" disabled={typed === undefined || problem !== undefined} onClick={apply}>
            {words('jsonApply')}
          </Button>
        </div>
      </div>
      <Textarea
        aria-label={words('jsonTitle')}
        spellCheck={false}
        autosize
        minRows={20}
        maxRows={200}
        error={problem}
        classNames={{ input: styles.json }}
        value={text}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </div>
  );
}

function problemOf(text: string, words: ReturnType<typeof useWords>): string | undefined {
  try {
    readDocument(JSON.parse(text) as unknown);
    return undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return words('jsonWrong', { problem: error.message });
    if (error instanceof NotAForm) return words('jsonNotForm', { problem: error.message });
    throw error;
  }
}
