import type { ValueType } from './filter-lines.ts';

/** A field of the register that a look-up takes its rows from. */
export interface RegisterField {
  readonly value: string;
  readonly label: string;
  readonly indexed: boolean;
  readonly type: NonNullable<ValueType>;
}

/** What is written already stays a choice, whether the register has it or not. */
export function withWritten(columns: readonly RegisterField[], written: string): { value: string; label: string }[] {
  const known = columns.map(({ value, label }) => ({ value, label }));
  return written === '' || known.some(({ value }) => value === written)
    ? known
    : [...known, { value: written, label: written }];
}
