import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import frame from '../ui/editor-frame.module.css';
import styles from './process-editor.module.css';
import type { StepStore, VersionConflict } from './step-store.ts';

/** Somebody deployed the process meanwhile. What was edited stands on top of it already; what both have changed is asked. */
export function VersionConflictBar({
  conflict,
  store,
}: {
  readonly conflict: VersionConflict;
  readonly store: StepStore;
}) {
  const { t } = useTranslation();
  const { design, base, edited } = useSyncExternalStore(store.subscribe, store.state);
  const { version, gone, both, formerly } = conflict;
  const named = (id: string): string => {
    const name = design.steps.find(({ elementId }) => elementId === id)?.elementName ?? formerly.get(id) ?? id;
    return t('processes.quoted', { name });
  };
  const open = both.filter((id) => edited.includes(id));
  return (
    <div className={frame.notice} role="alert">
      <IconUsers size={20} aria-hidden />
      <div>
        <strong>{t('processes.conflict', { version })}</strong>
        <div>{t('processes.conflictLead')}</div>
        {gone.length > 0 && <div>{t('processes.conflictGone', { names: gone.map(named).join(', ') })}</div>}
        {open.length > 0 && (
          <>
            <div>{t('processes.conflictBoth')}</div>
            <ul className={styles.choices}>
              {open.map((id) => (
                <li key={id}>
                  {named(id)}{' '}
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => store.run({ kind: 'putForm', elementId: id, form: base.get(id) ?? null })}
                  >
                    {t('processes.takeTheirs', { version })}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
      <Button size="xs" variant="default" onClick={() => store.settleConflict()}>
        {t('processes.conflictSeen')}
      </Button>
    </div>
  );
}
