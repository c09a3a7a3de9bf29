import { UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconBinaryTree2 } from '@tabler/icons-react';
import { StateView } from '../../ui/state-view.tsx';
import { controlOf, fieldNamed } from '../document/document-tree.ts';
import { columnsOf } from '../document/table-columns.ts';
import { shownText } from '../document/document-texts.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { rulesOf } from './rule-list.ts';
import { RuleWords } from './rule-words.tsx';
import styles from './views.module.css';

/** Who depends on whom: every condition with what it reads. */
export function LogicView() {
  const words = useWords();
  const document = useDocument();
  const rules = rulesOf(document);
  if (rules.length === 0)
    return <StateView icon={IconBinaryTree2} title={words('logicEmpty')} lead={words('logicEmptyLead')} />;
  return (
    <div className={styles.view}>
      <h2>{words('logicTitle')}</h2>
      <ul className={styles.rules}>
        {rules.map(({ field, table, rule, text, reads }, index) => (
          <li key={index} className={styles.rule}>
            <div className={styles.reads}>
              {reads.length === 0 ? (
                <span className={styles.quiet}>—</span>
              ) : (
                reads.map((name) => <Chip key={name} name={name} />)
              )}
            </div>
            <IconArrowRight size={16} aria-label={words('logicReadBy')} className={styles.arrow} />
            <div>
              {field === null ? <strong>{words('canvas')}</strong> : <Chip name={field.name} />}{' '}
              <RuleWords rule={rule} text={text} table={table} />
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Chip({ name }: { readonly name: string }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const [owner = ''] = name.split('.');
  const table = fieldNamed(document, owner);
  const column = table && columnsOf(table).find((one) => one.name === name);
  const field = column ?? fieldNamed(document, name);
  if (!field || !table) {
    return (
      <span className={styles.outside}>
        {name} <span className={styles.quiet}>{words('logicOutside')}</span>
      </span>
    );
  }
  return (
    <UnstyledButton
      className={styles.chip}
      onClick={() => store.goTo(controlOf(document, table.id)?.id ?? null, column?.id)}
    >
      {column && `${shownText(document, `${owner}.label`, owner)}: `}
      {shownText(document, `${name}.label`, name)}
    </UnstyledButton>
  );
}
