import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { inputProps } from './input-props.ts';

interface TypedValueProps {
  readonly binding: FieldBinding;
  /** How the stored value is shown while nobody is typing. */
  readonly shown: string;
  readonly parse: (text: string) => string | null;
  readonly placeholder: string;
  readonly picker?: ReactNode;
  readonly narrow?: boolean;
  readonly help?: string | undefined;
}

/** A value that is typed in many ways and shown in one: the text is the person's until the field is left. */
export function TypedValue({ binding, shown, parse, placeholder, picker, narrow, help }: TypedValueProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const { field, change, leave } = binding;
  return (
    <TextInput
      {...inputProps(binding)}
      description={help ?? binding.help}
      value={typed ?? shown}
      placeholder={binding.placeholder ?? placeholder}
      autoComplete="off"
      rightSection={picker}
      classNames={{ root: narrow ? styles.numberRoot : '' }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        change(field, parse(event.currentTarget.value));
      }}
      onBlur={() => {
        setTyped(undefined);
        leave();
      }}
    />
  );
}
