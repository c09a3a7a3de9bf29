import { TextInput } from '@mantine/core';
import type { FieldBinding } from '../form-context.ts';
import { inputProps } from './input-props.ts';

interface NativeValueProps {
  readonly binding: FieldBinding;
  readonly type: 'date' | 'time' | 'month' | 'datetime-local';
  readonly shown: string;
  readonly parse: (text: string) => string | null;
  readonly help?: string | undefined;
}

/** On a phone the system's own picker: people know its wheel. */
export function NativeValue({ binding, type, shown, parse, help }: NativeValueProps) {
  return (
    <TextInput
      {...inputProps(binding)}
      description={help ?? binding.help}
      type={type}
      value={shown}
      onChange={(event) => binding.change(binding.field, parse(event.currentTarget.value))}
    />
  );
}
