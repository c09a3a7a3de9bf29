import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import type { OptionDraft } from '../../commands/form-command.ts';
import { textOf } from '../document/document-texts.ts';
import { freeName, nameFromLabel } from '../document/field-name.ts';
import type { FieldEntry } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { choicesOf } from '../views/text-rows.ts';
import { CommittedText } from './typed-text.tsx';
import styles from './inspector.module.css';

/** The options of a list: what people read, and the code that is stored. */
export function OptionsEditor({ field }: { readonly field: FieldEntry }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const list = useRef<HTMLOListElement>(null);
  const options = choicesOf(field.schema).map((value): OptionDraft => {
    const key = `${field.name}.options.${value}`;
    const [ru, en] = [textOf(document, 'ru', key), textOf(document, 'en', key)];
    return { value, ...(ru !== undefined && { ru }), ...(en !== undefined && { en }) };
  });
  const set = (next: readonly OptionDraft[]): boolean =>
    store.run({ kind: 'setOptions', fieldId: field.id, options: next });
  const replace = (at: number, ...now: readonly OptionDraft[]): boolean =>
    set([...options.slice(0, at), ...now, ...options.slice(at + 1)]);
  const focus = (at: number): void => {
    requestAnimationFrame(() => list.current?.querySelectorAll<HTMLInputElement>('[data-option]')[at]?.focus());
  };
  const insert = (at: number, labels: readonly string[]): void => {
    const taken = new Set(options.map(({ value }) => value));
    const fresh = labels.map((ru) => {
      const value = freeName(nameFromLabel(ru === '' ? words('option', { number: at + 1 }) : ru), taken);
      taken.add(value);
      return { value, ru: ru === '' ? words('option', { number: options.length + 1 }) : ru };
    });
    set([...options.slice(0, at), ...fresh, ...options.slice(at)]);
    focus(at + fresh.length - 1);
  };
  const onPaste = (event: ClipboardEvent, at: number): void => {
    const lines = event.clipboardData
      .getData('text/plain')
      .split(/[\r\n\t]+/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (lines.length < 2) return;
    event.preventDefault();
    insert(at + 1, lines);
  };
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    insert(at + 1, ['']);
  };
  return (
    <>
      <ol className={styles.options} ref={list}>
        {options.map(({ value, ru = '', ...option }, at) => (
          <li key={at} className={styles.option}>
            <TextInput
              size="xs"
              data-option
              aria-label={words('option', { number: at + 1 })}
              value={ru}
              onPaste={(event) => onPaste(event, at)}
              onKeyDown={(event) => onKeyDown(event, at)}
              onFocus={(event) => event.currentTarget.select()}
              onChange={(event) => {
                const text = event.currentTarget.value;
                const taken = new Set(options.filter((_, other) => other !== at).map((one) => one.value));
                // The code follows the words until somebody writes one; codes of a published form are left alone by hand.
                const follows = value === nameFromLabel(ru) || /^(option|variant|option1)\d*$/i.test(value);
                const code = follows && text.trim() !== '' ? freeName(nameFromLabel(text), taken) : value;
                replace(at, { ...option, value: code, ru: text });
              }}
            />
            <CommittedText
              aria-label={`${words('optionValue')}: ${words('option', { number: at + 1 })}`}
              value={value}
              mono
              onCommit={(code) =>
                code !== '' &&
                !options.some((other, index) => index !== at && other.value === code) &&
                replace(at, { ...option, ru, value: code })
              }
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={at === 0}
              aria-label={words('optionUp', { number: at + 1 })}
              onClick={() => {
                const before = options[at - 1]!;
                set([...options.slice(0, at - 1), { ...option, value, ru }, before, ...options.slice(at + 1)]);
              }}
            >
              <IconArrowUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              disabled={options.length === 1}
              aria-label={words('removeOption', { number: at + 1 })}
              onClick={() => replace(at)}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ol>
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => insert(options.length, [''])}
      >
        {words('addOption')}
      </Button>
      <p className={styles.quiet}>{words('pasteOptions')}</p>
    </>
  );
}
