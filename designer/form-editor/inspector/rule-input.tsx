import { ActionIcon, Textarea } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';

export interface RuleInputProps {
  readonly label: string;
  readonly value: string;
  /** Yes or no; otherwise any value. */
  readonly condition: boolean;
  /** The field the rule belongs to: a condition on itself is seldom meant. */
  readonly except: string | null;
  readonly onChange: (text: string) => void;
  readonly onRemove: () => void;
}

/** One condition. */
export function RuleInput({ label, value, onChange, onRemove }: RuleInputProps) {
  const words = useWords();
  return (
    <div className={styles.rule}>
      <Textarea
        size="xs"
        label={label}
        autosize
        minRows={1}
        classNames={{ input: 'r-mono' }}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles.removeRule}
        aria-label={words('removeRule', { what: label })}
        onClick={onRemove}
      >
        <IconTrash size={14} aria-hidden />
      </ActionIcon>
    </div>
  );
}
