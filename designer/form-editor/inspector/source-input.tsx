import { fieldLabel, InvalidRegister, kindOf, readRegister, type RegisterModel } from '#engine';
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { registerQuery } from '../../api/registers.ts';
import { useLanguage } from '../../ui/use-language.ts';
import { isJsonObject, type FieldEntry, type JsonObject } from '../document/form-document.ts';
import { useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import { CatalogInput } from './catalog-input.tsx';
import { FillInput } from './fill-input.tsx';
import { FilterInput } from './filter-input.tsx';
import { withWritten, type RegisterField } from './register-field.ts';
import { TypedText } from './typed-text.tsx';

const DIRECTORIES = ['users', 'groups'];

/** Where a look-up takes its rows from, which of them, how they are named, and what choosing one fills in. */
export function SourceInput({ field }: { readonly field: FieldEntry }) {
  const words = useWords();
  const store = useStore();
  const source = isJsonObject(field.schema['x-source']) ? field.schema['x-source'] : {};
  const catalog = typeof source['catalog'] === 'string' ? source['catalog'] : '';
  const columns = useRegisterFields(catalog);
  const set = (next: JsonObject): void =>
    void store.run({ kind: 'update', fieldId: field.id, changes: { 'x-source': next } });
  const change = (key: string, value: JsonObject[string] | undefined): void => {
    const { [key]: _, ...rest } = source;
    set(value === undefined ? rest : { ...source, [key]: value });
  };
  const text = (key: string): string => (typeof source[key] === 'string' ? source[key] : '');
  const fill = isJsonObject(source['fill']) ? source['fill'] : {};
  return (
    <>
      <CatalogInput
        label={words('kw_catalog')}
        value={catalog}
        // The group, the column shown and the filter were those of the catalogue before.
        onChange={(next) => set({ catalog: next })}
      />
      {catalog === 'users' && (
        <TypedText
          label={words('kw_group')}
          placeholder={words('notSet')}
          value={text('group')}
          onType={(group) => change('group', group === '' ? undefined : group)}
        />
      )}
      {catalog !== '' && !DIRECTORIES.includes(catalog) && (
        <>
          <Select
            size="xs"
            clearable
            label={words('kw_label')}
            placeholder={words('sourceOwnLabel')}
            data={withWritten(columns, text('label'))}
            value={text('label') === '' ? null : text('label')}
            onChange={(next) => change('label', next ?? undefined)}
          />
          <FilterInput
            // The lines of one register mean nothing in another.
            key={catalog}
            field={field}
            value={text('filter')}
            columns={columns}
            onChange={(filter) => change('filter', filter === '' ? undefined : filter)}
          />
          <FillInput
            key={`fill ${catalog}`}
            field={field}
            value={fill}
            columns={columns}
            onChange={(next) => change('fill', Object.keys(next).length > 0 ? next : undefined)}
          />
        </>
      )}
    </>
  );
}

/** The fields of the register; none while it is being read, and for people and groups. */
function useRegisterFields(catalog: string): readonly RegisterField[] {
  const language = useLanguage();
  const enabled = catalog !== '' && !DIRECTORIES.includes(catalog);
  const { data } = useQuery({ ...registerQuery(catalog), enabled });
  return useMemo(() => {
    const model = modelOf(data?.definition);
    return (model?.form.fields ?? []).map((one) => ({
      value: one.name,
      label: fieldLabel(model!.form, language, one),
      indexed: model!.indexed.includes(one.name),
      type: one.kind === 'money' ? 'money' : kindOf(one).type,
    }));
  }, [data, language]);
}

function modelOf(definition: unknown): RegisterModel | undefined {
  if (definition === undefined) return undefined;
  try {
    return readRegister(definition);
  } catch (error) {
    if (error instanceof InvalidRegister) return undefined;
    throw error;
  }
}
