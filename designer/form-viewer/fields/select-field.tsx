import { Select } from '@mantine/core';
import { useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { useOptions } from './choice-labels.ts';
import { inputProps } from './input-props.ts';

/** Search appears when the list no longer fits one glance. */
const SEARCH_FROM = 8;

export function SelectField(binding: FieldBinding) {
  const text = useViewerText();
  const options = useOptions(binding);
  const { field, value, change, required, placeholder } = binding;
  return (
    <Select
      {...inputProps(binding)}
      data={[...options]}
      value={typeof value === 'string' ? value : null}
      placeholder={placeholder ?? text('choose')}
      searchable={options.length >= SEARCH_FROM}
      clearable={!required}
      clearButtonProps={{ 'aria-label': text('clear') }}
      allowDeselect={!required}
      nothingFoundMessage={text('optionsEmpty')}
      comboboxProps={{ shadow: 'md' }}
      classNames={{ option: styles.option }}
      onChange={(chosen) => change(field, chosen)}
    />
  );
}
