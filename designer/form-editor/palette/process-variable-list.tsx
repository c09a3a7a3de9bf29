import type { FormVariable } from '#contract';
import { useDraggable } from '@dnd-kit/core';
import { IconDatabase } from '@tabler/icons-react';
import { useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { insertionPlace } from './insertion-place.ts';
import styles from './palette.module.css';
import { insertVariable, placeableVariables, sourceWords, variableLabel } from './process-variables.ts';
import { useProcessVariables } from './use-process-variables.ts';

/** What the process knows and the form does not show: put on the form, each becomes a field of its name and type. */
export function ProcessVariableList({ search }: { readonly search: string }) {
  const words = useWords();
  const variables = placeableVariables(useProcessVariables());
  const wanted = search.trim().toLowerCase();
  const found = variables.filter((one) => `${variableLabel(one)} ${one.name}`.toLowerCase().includes(wanted));
  if (found.length === 0) return null;
  return (
    <details className={styles.variables} open={wanted !== '' || undefined}>
      <summary className={styles.group}>
        {words('processData')} · {found.length}
      </summary>
      <p className={styles.quiet}>{words('processDataLead')}</p>
      <ul className={styles.items}>
        {found.map((variable) => (
          <li key={variable.name}>
            <VariableButton variable={variable} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function VariableButton({ variable }: { readonly variable: FormVariable }) {
  const words = useWords();
  const store = useStore();
  const name = variableLabel(variable);
  const source = sourceWords(variable, words);
  const { listeners, setNodeRef, attributes } = useDraggable({
    id: `variable:${variable.name}`,
    data: { kind: 'variable', variable },
  });
  return (
    <button
      ref={setNodeRef}
      type="button"
      className={styles.item}
      aria-label={`${words('add', { name })} ${source}`}
      aria-describedby={attributes['aria-describedby']}
      data-variable={variable.name}
      {...listeners}
      onClick={() => {
        store.run(insertVariable(variable, insertionPlace(store)));
        store.showPane('canvas');
      }}
    >
      <IconDatabase size={16} stroke={1.6} aria-hidden />
      <span>
        {name} <span className={styles.source}>{source}</span>
      </span>
    </button>
  );
}
