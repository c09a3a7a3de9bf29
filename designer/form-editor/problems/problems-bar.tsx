import { Popover, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleX } from '@tabler/icons-react';
import { useState } from 'react';
import { useLanguage } from '../../ui/use-language.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { lintDocument, type EditorProblem } from './lint-document.ts';
import { problemPlace, problemText } from './problem-words.ts';
import styles from './problems.module.css';

/** How many problems there are, and the list with a way to each. */
export function ProblemsBar() {
  const words = useWords();
  const document = useDocument();
  const [opened, setOpened] = useState(false);
  const problems = lintDocument(document);
  const errors = problems.some(({ severity }) => severity === 'error');
  const Icon = problems.length === 0 ? IconCircleCheck : errors ? IconCircleX : IconAlertTriangle;
  const state = problems.length === 0 ? 'good' : errors ? 'bad' : 'warn';
  return (
    <Popover
      opened={opened && problems.length > 0}
      onChange={setOpened}
      position="bottom-end"
      width={420}
      trapFocus
      shadow="md"
    >
      <Popover.Target>
        <UnstyledButton
          className={styles.count}
          data-state={state}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Icon size={16} aria-hidden />
          {problems.length === 0 ? words('noProblems') : words.problems(problems.length)}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={styles.list}>
        <ProblemList problems={problems} onGo={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ProblemListProps {
  readonly problems: readonly EditorProblem[];
  readonly onGo: () => void;
}

export function ProblemList({ problems, onGo }: ProblemListProps) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const language = useLanguage();
  return (
    <ul className={styles.problems} aria-label={words('problems')}>
      {problems.map((problem, index) => (
        <li key={index}>
          <UnstyledButton
            className={styles.problem}
            data-severity={problem.severity}
            onClick={() => {
              if (problem.count === undefined) store.goTo(problem.nodeId, problem.columnId);
              else store.show('texts');
              onGo();
            }}
          >
            {problem.severity === 'error' ? (
              <IconCircleX size={16} aria-label={words('severity_error')} />
            ) : (
              <IconAlertTriangle size={16} aria-label={words('severity_warning')} />
            )}
            <span>
              <strong>{problemPlace(document, problem, words)}</strong>
              <br />
              {problemText(problem, language)}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
}
