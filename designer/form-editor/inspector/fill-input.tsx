import { ActionIcon, Button, Select } from '@mantine/core';
import { IconArrowLeft, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { FieldEntry, JsonObject } from '../document/form-document.ts';
import { useDocument } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { fillTargets } from './our-names.ts';
import { withWritten, type RegisterField } from './register-field.ts';

interface FillInputProps {
  readonly field: FieldEntry;
  readonly value: JsonObject;
  readonly columns: readonly RegisterField[];
  readonly onChange: (fill: JsonObject) => void;
}

interface FillLine {
  readonly target: string;
  readonly from: string;
}

/** What choosing a row writes into other fields; people may change it afterwards. */
export function FillInput({ field, value, columns, onChange }: FillInputProps) {
  const words = useWords();
  const document = useDocument();
  const targets = fillTargets(document, field);
  const written = Object.entries(value).map(([target, from]): FillLine => ({
    target,
    from: typeof from === 'string' ? from : '',
  }));
  // A line that names only one of its two sides fills nothing yet.
  const [typed, setTyped] = useState<{ readonly lines: readonly FillLine[]; readonly text: string } | null>(null);
  const lines = typed !== null && typed.text === JSON.stringify(value) ? typed.lines : written;
  const set = (next: readonly FillLine[]): void => {
    const whole = next.filter(({ target, from }) => target !== '' && from !== '');
    const fill = Object.fromEntries(whole.map(({ target, from }) => [target, from]));
    setTyped({ lines: next, text: JSON.stringify(fill) });
    if (JSON.stringify(fill) !== JSON.stringify(value)) onChange(fill);
  };
  const change = (at: number, part: Partial<FillLine>): void =>
    set(lines.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <div className={styles.part} role="group" aria-label={words('sourceFill')}>
      <div className={styles.partTitle}>{words('sourceFill')}</div>
      {lines.map(({ target, from }, at) => {
        const others = new Set(lines.filter((_, index) => index !== at).map((one) => one.target));
        const free = targets.filter((one) => !others.has(one.value));
        const known = target === '' || free.some((one) => one.value === target);
        return (
          <div key={at} className={styles.line} role="group" aria-label={words('sourceFillLine', { number: at + 1 })}>
            <Select
              size="xs"
              searchable
              aria-label={words('sourceTarget')}
              placeholder={words('sourceTarget')}
              data={known ? [...free] : [...free, { value: target, label: target }]}
              value={target === '' ? null : target}
              onChange={(next) => change(at, { target: next ?? '' })}
            />
            <IconArrowLeft size={14} aria-hidden />
            <Select
              size="xs"
              searchable
              aria-label={words('sourceField')}
              placeholder={words('sourceField')}
              data={withWritten(columns, from)}
              value={from === '' ? null : from}
              onChange={(next) => change(at, { from: next ?? '' })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={words('sourceRemoveFill', { number: at + 1 })}
              onClick={() => set(lines.filter((_, index) => index !== at))}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </div>
        );
      })}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set([...lines, { target: '', from: '' }])}
      >
        {words('sourceAddFill')}
      </Button>
    </div>
  );
}
