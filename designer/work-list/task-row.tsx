import type { TaskSummary } from '#contract';
import { IconCircleDashed } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DeadlineBar } from '../ui/deadline-bar.tsx';
import { Person } from '../ui/person.tsx';
import styles from './task-row.module.css';

interface TaskRowProps {
  readonly task: TaskSummary;
  readonly selected: boolean;
  readonly me: string | undefined;
  readonly showAssignee: boolean;
}

/** What it is about, what to do with it, whose case it is, and how long there is. */
export function TaskRow({ task, selected, me, showAssignee }: TaskRowProps) {
  return (
    <li className={styles.row} data-task-key={task.userTaskKey} data-selected={selected || undefined}>
      <Link
        to="/tasks/$userTaskKey"
        params={{ userTaskKey: task.userTaskKey }}
        search={(old) => old as never}
        className={styles.link}
        aria-current={selected ? 'true' : undefined}
      >
        <span className={styles.line}>
          <span className={styles.title}>{task.caseTitle}</span>
          {showAssignee && <Assignee task={task} me={me} />}
        </span>
        <span className={styles.line}>
          <span className={styles.name}>{task.name}</span>
          <span className={styles.number}>{task.caseNumber}</span>
        </span>
        <span className={styles.line}>
          <span className={styles.client}>{task.client}</span>
          <DeadlineBar deadline={task.deadline} />
        </span>
      </Link>
    </li>
  );
}

function Assignee({ task, me }: Pick<TaskRowProps, 'task' | 'me'>) {
  const { t } = useTranslation();
  const name = task.assigneeName ?? task.assignee;
  const words = name === null ? t('tasks.unassigned') : task.assignee === me ? `${name} (${t('tasks.you')})` : name;
  return (
    <span className={styles.assignee} title={words}>
      {name === null ? <IconCircleDashed size={18} stroke={1.5} aria-hidden /> : <Person name={name} badgeOnly />}
      <span className="r-hidden">{words}</span>
    </span>
  );
}
