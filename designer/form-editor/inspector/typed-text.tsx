import { Textarea, TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { useEditor, useStore } from '../editor-context.ts';

interface TypedTextProps extends Pick<TextInputProps, 'label' | 'description' | 'placeholder' | 'error'> {
  readonly value: string;
  /** Told with every stroke; undo joins them. */
  readonly onType: (text: string) => void;
  readonly rows?: number;
  /** A code, not words. */
  readonly mono?: boolean;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly 'aria-label'?: string;
}

/** A text of the form. */
export function TypedText({ value, onType, rows, inputRef, mono = false, ...props }: TypedTextProps) {
  if (rows !== undefined) {
    return (
      <Textarea
        {...props}
        size="xs"
        autosize
        minRows={rows}
        maxRows={10}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    );
  }
  return (
    <TextInput
      {...props}
      ref={inputRef}
      classNames={{ input: mono ? 'r-mono' : '' }}
      size="xs"
      value={value}
      onChange={(event) => onType(event.currentTarget.value)}
    />
  );
}

interface CommittedTextProps extends Omit<TypedTextProps, 'onType' | 'rows' | 'inputRef'> {
  /** Told when the person is done; returns whether it was taken. */
  readonly onCommit: (text: string) => boolean;
}

/** A text that means something only as a whole: a key, a code. Enter or leaving the field settles it, Escape gives the old one back. */
export function CommittedText({ value, onCommit, mono = false, ...props }: CommittedTextProps) {
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const settle = (): void => {
    if (typed !== undefined && typed !== value && !onCommit(typed.trim())) return;
    setTyped(undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') settle();
    if (event.key === 'Escape') setTyped(undefined);
  };
  return (
    <TextInput
      {...props}
      size="xs"
      classNames={{ input: mono ? 'r-mono' : '' }}
      value={typed ?? value}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={onKeyDown}
    />
  );
}

/** The cursor goes into the label of what was just put on the form, with the text selected: the next thing typed is its name. */
export function useLabelFocus(): Ref<HTMLInputElement> {
  const store = useStore();
  const { wantsLabel } = useEditor();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!store.takeLabelWish()) return;
    input.current?.focus();
    input.current?.select();
  }, [store, wantsLabel]);
  return input;
}
