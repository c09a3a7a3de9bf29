import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useForm, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { moneyText, numberText, parseMoney, parseNumber } from '../number-text.ts';
import { inputProps } from './input-props.ts';

/**
 * Integer, decimal, money and percent. The text is ours while the field has the focus, so that «9672,» can be typed on the way to «9672,65»;
 * left, it shows the number as it was understood.
 */
export function NumberField(binding: FieldBinding) {
  const { language } = useForm();
  const { field, value, change, leave, placeholder } = binding;
  const money = field.kind === 'money';
  const unit = money ? '₽' : field.kind === 'percent' ? '%' : undefined;
  const [typed, setTyped] = useState<string | undefined>(undefined);
  const shown = typed ?? (money ? moneyText(value, language) : numberText(value, language));
  return (
    <TextInput
      {...inputProps(binding)}
      value={shown}
      inputMode={field.kind === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={placeholder ?? (money ? '0,00' : undefined)}
      classNames={{ input: styles.number, root: styles.numberRoot }}
      rightSection={unit && <span aria-hidden>{unit}</span>}
      onFocus={() => setTyped(shown)}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setTyped(text);
        change(
          field,
          money ? parseMoney(text) : parseNumber(unit === '%' ? text.replace('%', '') : text, field.kind === 'integer'),
        );
      }}
      onBlur={() => {
        setTyped(undefined);
        leave();
      }}
    />
  );
}
