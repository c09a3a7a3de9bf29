import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { registersQuery } from '../../api/registers.ts';
import { useWords } from '../texts.ts';

const DIRECTORIES = ['users', 'groups'] as const;

interface CatalogInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (catalog: string) => void;
}

/** People, groups or one of the registers there are. What is written already stays a choice, whether it is there or not. */
export function CatalogInput({ label, value, onChange }: CatalogInputProps) {
  const words = useWords();
  const registers = useQuery(registersQuery).data ?? [];
  const choices = [
    ...DIRECTORIES.map((one) => ({ value: one, label: words.named('value', one) })),
    ...registers.map(({ registerKey, title }) => ({ value: registerKey, label: title })),
  ];
  const known = value === '' || choices.some((one) => one.value === value);
  return (
    <Select
      size="xs"
      label={label}
      searchable
      allowDeselect={false}
      data={known ? choices : [...choices, { value, label: value }]}
      value={value === '' ? null : value}
      onChange={(next) => {
        if (next !== null && next !== value) onChange(next);
      }}
    />
  );
}
