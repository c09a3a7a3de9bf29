import { diffForms, type FormChange } from '#engine';
import { Badge } from '@mantine/core';
import { IconEqual } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StateView } from '../../ui/state-view.tsx';
import { shownText } from '../document/document-texts.ts';
import type { FormDocument } from '../document/form-document.ts';
import { writeDocument } from '../document/write-document.ts';
import { useDocument } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './views.module.css';

interface ChangesViewProps {
  readonly published: { readonly version: number; readonly document: FormDocument } | undefined;
}

/** What the draft changes against the version that is in force. */
export function ChangesView({ published }: ChangesViewProps) {
  const words = useWords();
  const document = useDocument();
  if (!published) return <StateView icon={IconEqual} title={words('changesFirst')} />;
  const changes = diffForms(writeDocument(published.document), writeDocument(document));
  if (changes.length === 0) return <StateView icon={IconEqual} title={words('changesNone')} />;
  return (
    <div className={styles.view}>
      <h2>{words('changesTitle', { version: published.version })}</h2>
      <ul className={styles.changes}>
        {changes.map((change, index) => (
          <li key={index} className={styles.change} data-kind={change.kind}>
            <ChangeLine
              change={change}
              label={labelOf(change.kind === 'fieldRemoved' ? published.document : document, change.field)}
            />
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

function labelOf(document: FormDocument, field: string): string {
  return field === '' ? '' : shownText(document, `${field}.label`, field);
}

function ChangeLine({ change, label }: { readonly change: FormChange; readonly label: string }): ReactNode {
  const words = useWords();
  const { kind, field, formerly, what, before, after } = change;
  const rule = /^x-(visible|required|readonly|value|options)$/.exec(what ?? '')?.[1];
  const named =
    what === undefined ? '' : rule ? words(`rule_${rule as 'visible'}`) : words.named('kw', what.replace('x-', 'x'));
  return (
    <>
      <strong>{words.named('change', kind)}</strong>
      {label !== '' && <span>«{label}»</span>} {field !== '' && <code className="r-mono">{field}</code>}
      {named !== '' && <> {named}</>}
      {formerly !== undefined && <span className={styles.quiet}> {words('change_was', { value: formerly })}</span>}
      {(before !== undefined || after !== undefined) && (
        <span className={styles.quiet}>
          {' '}
          {words('change_was', { value: before ?? '—' })}; {words('change_now', { value: after ?? '—' })}
        </span>
      )}
    </>
  );
}
