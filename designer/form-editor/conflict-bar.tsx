import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import frame from '../ui/editor-frame.module.css';
import { useWords } from './texts.ts';

interface ConflictBarProps {
  readonly name: string;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}

/** Another person saved the same form. Nothing is lost until somebody chooses, and the choice can be undone. */
export function ConflictBar({ name, onTheirs, onMine }: ConflictBarProps) {
  const words = useWords();
  return (
    <div className={frame.notice} role="alert">
      <IconUsers size={20} aria-hidden />
      <div>
        <strong>{words('conflictTitle', { name })}</strong>
        <div>{words('conflictLead')}</div>
      </div>
      <div className={frame.buttons}>
        <Button size="xs" variant="default" onClick={onTheirs}>
          {words('conflictTheirs')}
        </Button>
        <Button size="xs" variant="default" onClick={onMine}>
          {words('conflictMine')}
        </Button>
      </div>
    </div>
  );
}
