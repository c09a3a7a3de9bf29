import { formatPhone, normalisePhone, normaliseSerial } from '#engine';
import { Textarea, TextInput } from '@mantine/core';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { phoneText } from '../phone-text.ts';
import { inputProps } from './input-props.ts';

/** Text, phone, e-mail and serial number: one input whose keyboard, help and tidying follow the kind. */
export function TextField(binding: FieldBinding & { readonly rows: number | undefined }) {
  const { field, value, change, leave, rows } = binding;
  const text = typeof value === 'string' ? value : '';
  const common = { ...inputProps(binding), value: text, placeholder: placeholderOf(binding) };
  if (field.widget === 'textarea') {
    return (
      <>
        <Textarea
          {...common}
          autosize
          minRows={rows ?? 3}
          maxRows={Math.max(rows ?? 3, 14)}
          onChange={(event) => change(field, event.currentTarget.value)}
        />
        <CharactersLeft length={text.length} limit={field.limits.maxLength} />
      </>
    );
  }
  return (
    <TextInput
      {...common}
      {...KEYBOARDS[field.kind]}
      classNames={{ input: field.kind === 'serial' ? styles.mono : '' }}
      onChange={(event) => change(field, whileTyping(binding, event.currentTarget))}
      onBlur={() => {
        const tidy = whenLeft(binding, text);
        if (tidy !== text) change(field, tidy);
        leave();
      }}
    />
  );
}

const KEYBOARDS: Readonly<Record<string, object>> = {
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  email: { type: 'text', inputMode: 'email', autoCapitalize: 'none', autoComplete: 'off', spellCheck: false },
  serial: { autoCapitalize: 'characters', autoComplete: 'off', spellCheck: false },
};

function placeholderOf({ field, placeholder }: FieldBinding): string | undefined {
  return placeholder ?? field.mask ?? (field.kind === 'phone' ? '+7\u00a0912\u00a0345-67-89' : undefined);
}

function whileTyping({ field }: FieldBinding, input: HTMLInputElement): string {
  const atEnd = input.selectionStart === input.value.length;
  return field.kind === 'phone' && atEnd ? phoneText(input.value) : input.value;
}

function whenLeft({ field }: FieldBinding, text: string): string {
  if (field.kind === 'phone') return formatPhone(normalisePhone(text));
  return field.kind === 'serial' ? normaliseSerial(text, field.mask) : text;
}

/** Only when it starts to matter: a counter under every note would be noise. */
function CharactersLeft({ length, limit = Infinity }: { readonly length: number; readonly limit: number | undefined }) {
  const text = useViewerText();
  const left = limit - length;
  return left >= 0 && left <= Math.min(100, limit / 5) ? (
    <div className={styles.counter}>{text('charactersLeft', { count: left })}</div>
  ) : null;
}
