import { MultiSelect } from '@mantine/core';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { useOptions } from './choice-labels.ts';
import { inputProps } from './input-props.ts';

export function MultiselectField(binding: FieldBinding) {
  const text = useViewerText();
  const options = useOptions(binding);
  const { field, value, change, placeholder } = binding;
  const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
  return (
    <MultiSelect
      {...inputProps(binding)}
      data={[...options]}
      value={[...chosen]}
      placeholder={chosen.length === 0 ? (placeholder ?? text('chooseSome')) : undefined}
      clearable
      clearButtonProps={{ 'aria-label': text('clear') }}
      nothingFoundMessage={text('optionsEmpty')}
      comboboxProps={{ shadow: 'md' }}
      classNames={{ option: styles.option }}
      onChange={(values) => change(field, values)}
    />
  );
}
