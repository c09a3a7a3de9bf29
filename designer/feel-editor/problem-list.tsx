import type { ExpressionProblem } from '#engine';
import { UnstyledButton } from '@mantine/core';
import { IconAlertCircle, IconAlertTriangle } from '@tabler/icons-react';
import styles from './feel-editor.module.css';
import { feelEditorTexts } from './texts.ts';

/** As many as one can mend at once. */
const SHOWN = 3;

interface ProblemListProps {
  readonly id: string;
  readonly problems: readonly ExpressionProblem[];
  readonly language: 'ru' | 'en';
  readonly onFix: ((problem: ExpressionProblem) => void) | undefined;
}

/** What is wrong, in sentences under the field; a screen reader hears it when the typing pauses. */
export function ProblemList({ id, problems, language, onFix }: ProblemListProps) {
  const texts = feelEditorTexts[language];
  const more = problems.length - SHOWN;
  return (
    <div id={id} className={styles.problems} role="status" aria-label={texts.problems}>
      {problems.slice(0, SHOWN).map((problem) => {
        const { code, from, severity, message, remedy, fix } = problem;
        const Icon = severity === 'error' ? IconAlertCircle : IconAlertTriangle;
        return (
          <p key={`${code}-${from}`} className={styles.problem} data-severity={severity}>
            <Icon size={16} stroke={1.8} aria-hidden className={styles.problemIcon} />
            <span>
              {message[language]} {fix === null && remedy[language]}
              {fix !== null && onFix !== undefined && (
                <UnstyledButton className={styles.fix} onClick={() => onFix(problem)} title={texts.replaceKey}>
                  {texts.replace.replace('{{text}}', fix.text)}
                </UnstyledButton>
              )}
            </span>
          </p>
        );
      })}
      {more > 0 && <p className={styles.more}>{texts.moreProblems.replace('{{count}}', String(more))}</p>}
    </div>
  );
}
