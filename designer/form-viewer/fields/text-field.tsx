import { formatPhone, normalisePhone, type FieldKind } from '#engine';
import { Textarea, TextInput } from '@mantine/core';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { phoneText } from '../phone-text.ts';
import { ScanButton } from '../scan/scan-button.tsx';
import { tidied } from '../tidied.ts';
import { accountText, isRequisite, typedRequisite } from '../typed-requisite.ts';
import { inputProps } from './input-props.ts';

/** Text, phone, e-mail, requisites, serial number and VIN: one input whose keyboard, help and tidying follow the kind. */
export function TextField(binding: FieldBinding & { readonly rows: number | undefined }) {
  const { field, value, change, leave, rows, label, inputId } = binding;
  const typed = typeof value === 'string' ? value : '';
  const text = field.kind === 'account' && /^\d{20}$/.test(typed) ? accountText(typed) : typed;
  const common = { ...inputProps(binding), value: text, placeholder: placeholderOf(binding) };
  if (field.widget === 'textarea' || field.widget === 'address') {
    const fewest = rows ?? (field.widget === 'address' ? 2 : 3);
    return (
      <>
        <Textarea
          {...common}
          autosize
          {...(field.widget === 'address' && { autoComplete: 'street-address' })}
          minRows={fewest}
          maxRows={Math.max(fewest, 14)}
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
      classNames={{ input: CODES.has(field.kind) ? styles.mono : '' }}
      rightSection={
        field.scan && (
          <ScanButton
            label={label}
            onFound={(found) => {
              change(field, whenLeft(binding, found));
              document.getElementById(inputId)?.focus();
            }}
          />
        )
      }
      onChange={(event) => change(field, whileTyping(binding, event.currentTarget))}
      onBlur={() => {
        const tidy = whenLeft(binding, text);
        if (tidy !== text) change(field, tidy);
        leave();
      }}
    />
  );
}

const CODES: ReadonlySet<FieldKind> = new Set<FieldKind>(['serial', 'vin', 'inn', 'kpp', 'ogrn', 'bik', 'account']);

const DIGITS = { inputMode: 'numeric', autoComplete: 'off', spellCheck: false };
const CAPITALS = { autoCapitalize: 'characters', autoComplete: 'off', spellCheck: false };
const KEYBOARDS: Readonly<Record<string, object>> = {
  phone: { type: 'tel', inputMode: 'tel', autoComplete: 'off' },
  email: { type: 'text', inputMode: 'email', autoCapitalize: 'none', autoComplete: 'off', spellCheck: false },
  serial: CAPITALS,
  vin: CAPITALS,
  kpp: CAPITALS,
  inn: DIGITS,
  ogrn: DIGITS,
  bik: DIGITS,
  account: DIGITS,
};

function placeholderOf({ field, placeholder }: FieldBinding): string | undefined {
  return placeholder ?? field.mask ?? (field.kind === 'phone' ? '+7\u00a0912\u00a0345-67-89' : undefined);
}

/** Tidied only while the caret is at the end: elsewhere it would jump under the person's fingers. */
function whileTyping({ field }: FieldBinding, input: HTMLInputElement): string {
  if (input.selectionStart !== input.value.length) return input.value;
  if (field.kind === 'phone') return phoneText(input.value);
  return isRequisite(field.kind) ? typedRequisite(field.kind, input.value) : input.value;
}

function whenLeft({ field }: FieldBinding, text: string): string {
  if (field.kind === 'phone') return formatPhone(normalisePhone(text));
  if (field.kind === 'serial' || field.kind === 'vin') return tidied(field, text);
  return isRequisite(field.kind) ? typedRequisite(field.kind, text) : text;
}

/** Only when it starts to matter: a counter under every note would be noise. */
function CharactersLeft({ length, limit = Infinity }: { readonly length: number; readonly limit: number | undefined }) {
  const text = useViewerText();
  const left = limit - length;
  return left >= 0 && left <= Math.min(100, limit / 5) ? (
    <div className={styles.counter}>{text('charactersLeft', { count: left })}</div>
  ) : null;
}
