import type { FormImpact } from '#contract';
import { Checkbox } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import styles from './dialog.module.css';
import { useWords } from './texts.ts';

interface ImpactListProps {
  readonly impact: FormImpact;
  readonly confirmed: boolean;
  readonly onConfirm: (confirmed: boolean) => void;
}

/** Who outside of the form reads what the draft takes away, and that one knows it. Shows nothing when nobody can miss anything. */
export function ImpactList({ impact, confirmed, onConfirm }: ImpactListProps) {
  const words = useWords();
  const breaking = impact.changes.filter((change) => change.breaking);
  if (breaking.length === 0) return null;
  return (
    <section className={styles.impact} aria-label={words('impactTitle', { count: breaking.length })}>
      <h3>{words('impactTitle', { count: breaking.length })}</h3>
      <ul>
        {breaking.map(({ kind, field, formerly, what }, index) => (
          <li key={index}>
            {words.named('impact', kind)} <code className="r-mono">{formerly ?? (what || field)}</code>
            {formerly !== undefined && (
              <>
                {' '}
                <IconArrowRight size={14} aria-hidden /> <code className="r-mono">{field}</code>
              </>
            )}
          </li>
        ))}
      </ul>
      {impact.uses.length === 0 ? (
        <p>{words('impactNobody')}</p>
      ) : (
        <>
          <h3>{words('impactUses', { count: impact.uses.length })}</h3>
          <ul>
            {impact.uses.map(({ kind, name, id, elementId, elementName, text }, index) => (
              <li key={index}>
                {words.named('usedBy', kind)} «{name || id}»{elementId !== '' && `, ${elementName || elementId}`}:{' '}
                <code className="r-mono">{text}</code>
              </li>
            ))}
          </ul>
        </>
      )}
      <Checkbox
        label={words('impactConfirm')}
        checked={confirmed}
        onChange={(event) => onConfirm(event.currentTarget.checked)}
      />
    </section>
  );
}
