import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import styles from './list-screen.module.css';

interface ListSearchProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** The search box in the header of a list whose rows are all there already. */
export function ListSearch({ label, value, onChange }: ListSearchProps) {
  return (
    <TextInput
      className={styles.search}
      type="search"
      leftSection={<IconSearch size={16} aria-hidden />}
      placeholder={label}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
