import type { VariableMap } from '#engine';
import { Loader, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useForm, useViewerText, type FieldBinding, type LookupOption } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { inputProps } from './input-props.ts';
import { useFilterValues, useUnfitCleared } from './use-filter-values.ts';
import { useLookupLabel } from './use-lookup-label.ts';

const PAUSE_MS = 200;

type Listing = { readonly state: 'loading' | 'failed' | 'ready'; readonly options: readonly LookupOption[] };

/** A person, group or row of a register, found by name on the server: the list asked for is the one the person may see. */
export function LookupField(binding: FieldBinding) {
  const text = useViewerText();
  const { field, value, change, beside, required, placeholder } = binding;
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  const [picked, setPicked] = useState<LookupOption | null>(null);
  const isPicked = picked !== null && picked.value === chosen;
  const found = useLookupLabel(field.source, isPicked || chosen === null ? undefined : chosen);
  const label = isPicked ? picked.label : found;
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState('');
  const formValues = useFilterValues(binding);
  useUnfitCleared(binding, formValues);
  const listing = useListing(binding, { opened, search: search === label ? '' : search, formValues });
  const known = chosen !== null && !listing.options.some((option) => option.value === chosen);
  const nothing = {
    loading: text('lookupLoading'),
    failed: text('lookupFailed'),
    ready: text('optionsEmpty'),
  };
  const pick = (option: LookupOption | undefined): void => {
    setPicked(option ?? null);
    change(field, option?.value ?? null);
    for (const [target, column] of Object.entries(field.source?.register?.fill ?? {})) {
      const filled = beside(target)?.field;
      if (filled && option?.values) change(filled, option.values[column] ?? null);
    }
  };
  return (
    <Select
      {...inputProps(binding)}
      data={[
        ...(known ? [{ value: chosen, label: label ?? chosen }] : []),
        ...listing.options.map((option) => ({ value: option.value, label: option.label })),
      ]}
      value={chosen}
      searchable
      searchValue={opened ? search : (label ?? chosen ?? '')}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      placeholder={placeholder ?? text(field.source?.register ? 'lookupRowPlaceholder' : 'lookupPlaceholder')}
      clearable={!required}
      clearButtonProps={{ 'aria-label': text('clear') }}
      allowDeselect={false}
      rightSection={listing.state === 'loading' ? <Loader size={14} /> : undefined}
      nothingFoundMessage={nothing[listing.state]}
      comboboxProps={{ shadow: 'md' }}
      classNames={{ option: styles.option }}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onChange={(next) => {
        if (next !== chosen) pick(listing.options.find((option) => option.value === next));
      }}
    />
  );
}

interface Answer {
  readonly asked: string;
  readonly options: readonly LookupOption[];
  readonly failed: boolean;
}

function useListing(
  { field: { source } }: FieldBinding,
  parts: { readonly opened: boolean; readonly search: string; readonly formValues: VariableMap },
): Listing {
  const { opened, search, formValues } = parts;
  const { lookup } = useForm();
  const [answer, setAnswer] = useState<Answer | undefined>(undefined);
  const asked = JSON.stringify([search, formValues]);
  useEffect(() => {
    if (!opened || !source) return undefined;
    let wanted = true;
    const tell = (options: readonly LookupOption[], failed: boolean): void => {
      if (wanted) setAnswer({ asked, options, failed });
    };
    const timer = setTimeout(() => {
      lookup({ source, search, form: formValues }).then(
        (options) => tell(options, false),
        () => tell([], true),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [lookup, source, opened, search, formValues, asked]);
  const state = answer?.asked !== asked ? 'loading' : answer.failed ? 'failed' : 'ready';
  return { state: opened ? state : 'ready', options: answer?.options ?? [] };
}
