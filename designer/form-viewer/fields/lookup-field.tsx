import type { FieldOption } from '#engine';
import { Loader, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import styles from '../form-viewer.module.css';
import { inputProps } from './input-props.ts';
import { useLookupLabel } from './use-lookup-label.ts';

const PAUSE_MS = 200;

type Listing = { readonly state: 'loading' | 'failed' | 'ready'; readonly options: readonly FieldOption[] };

/** A person or group, found by name on the server: the list asked for is the one the person may see. */
export function LookupField(binding: FieldBinding) {
  const text = useViewerText();
  const { field, value, change, required, placeholder } = binding;
  const chosen = typeof value === 'string' ? value : null;
  const [picked, setPicked] = useState<FieldOption | null>(null);
  const isPicked = picked !== null && picked.value === chosen;
  const found = useLookupLabel(field.source, isPicked || chosen === null ? undefined : chosen);
  const label = isPicked ? picked.label : found;
  const [opened, setOpened] = useState(false);
  const [search, setSearch] = useState('');
  const listing = useListing(binding, { opened, search: search === label ? '' : search });
  const known = chosen !== null && !listing.options.some((option) => option.value === chosen);
  const nothing = {
    loading: text('lookupLoading'),
    failed: text('lookupFailed'),
    ready: text('optionsEmpty'),
  };
  return (
    <Select
      {...inputProps(binding)}
      data={[...(known ? [{ value: chosen, label: label ?? chosen }] : []), ...listing.options]}
      value={chosen}
      searchable
      searchValue={opened ? search : (label ?? chosen ?? '')}
      onSearchChange={setSearch}
      filter={({ options }) => options}
      placeholder={placeholder ?? text('lookupPlaceholder')}
      clearable={!required}
      clearButtonProps={{ 'aria-label': text('clear') }}
      allowDeselect={false}
      rightSection={listing.state === 'loading' ? <Loader size={14} /> : undefined}
      nothingFoundMessage={nothing[listing.state]}
      comboboxProps={{ shadow: 'md' }}
      classNames={{ option: styles.option }}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      onChange={(next, option: FieldOption | null) => {
        setPicked(option);
        change(field, next);
      }}
    />
  );
}

interface Answer {
  readonly search: string;
  readonly options: readonly FieldOption[];
  readonly failed: boolean;
}

function useListing(
  { field: { source } }: FieldBinding,
  { opened, search }: { readonly opened: boolean; readonly search: string },
): Listing {
  const { lookup } = useForm();
  const [answer, setAnswer] = useState<Answer>({ search: '', options: [], failed: false });
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!opened || !source) return undefined;
    let wanted = true;
    const tell = (options: readonly FieldOption[], failed: boolean): void => {
      if (!wanted) return;
      setAsked(true);
      setAnswer({ search, options, failed });
    };
    const timer = setTimeout(() => {
      lookup({ source, search }).then(
        (options) => tell(options, false),
        () => tell([], true),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [lookup, source, opened, search]);
  const state = !asked || answer.search !== search ? 'loading' : answer.failed ? 'failed' : 'ready';
  return { state: opened ? state : 'ready', options: answer.options };
}
