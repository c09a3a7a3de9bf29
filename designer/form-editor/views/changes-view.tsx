import { Badge } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StateView } from '../../ui/state-view.tsx';
import type { FormDocument } from '../document/form-document.ts';
import { useDocument } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { compareForms, type FormChange } from './compare-forms.ts';
import styles from './views.module.css';

interface ChangesViewProps {
  readonly published: { readonly version: number; readonly document: FormDocument } | undefined;
}

/** What the draft changes against the version that is in force. */
export function ChangesView({ published }: ChangesViewProps) {
  const words = useWords();
  const document = useDocument();
  if (!published) return <StateView icon={IconEqual} title={words('changesFirst')} />;
  const changes = compareForms(published.document, document);
  if (changes.length === 0) return <StateView icon={IconEqual} title={words('changesNone')} />;
  return (
    <div className={styles.view}>
      <h2>{words('changesTitle', { version: published.version })}</h2>
      <ul className={styles.changes}>
        {changes.map((change, index) => (
          <li key={index} className={styles.change} data-kind={change.kind}>
            <ChangeLine change={change} />
            {change.breaking && (
              <Badge color="red" variant="light" size="sm" tt="none">
                {words('change_breaking')}
              </Badge>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ChangeLine({ change }: { readonly change: FormChange }): ReactNode {
  const words = useWords();
  switch (change.kind) {
    case 'layout':
      return words('change_layout');
    case 'added':
    case 'removed':
      return (
        <>
          <strong>{words(`change_${change.kind}`)}:</strong> «{change.label}»{' '}
          <code className="r-mono">{change.name}</code>
        </>
      );
    case 'renamed':
    case 'texts':
      return (
        <>
          <strong>{words(`change_${change.kind}`)}:</strong> «{change.label}»{' '}
          <WasNow was={change.was} now={change.now} />
        </>
      );
    case 'changed':
    case 'kind': {
      const rule = /^x-(visible|required|readonly|value|options)$/.exec(change.keyword)?.[1];
      const what =
        rule !== undefined
          ? words(`rule_${rule as 'visible'}`)
          : change.keyword === 'required'
            ? words('requiredField')
            : words.named('kw', change.keyword.replace('x-', 'x'));
      return (
        <>
          <strong>{words(`change_${change.kind}`)}:</strong> «{change.label}», {what}{' '}
          <WasNow was={change.was} now={change.now} />
        </>
      );
    }
  }
}

function WasNow({ was, now }: { readonly was: string | undefined; readonly now: string | undefined }) {
  const words = useWords();
  return (
    <span className={styles.quiet}>
      {words('change_was', { value: was ?? '—' })}; {words('change_now', { value: now ?? '—' })}
    </span>
  );
}
