import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AssertDraft } from '../../commands/form-command.ts';
import { shownText, textOf } from '../document/document-texts.ts';
import { dataShell, isJsonObject, type FieldEntry, type FormDocument } from '../document/form-document.ts';
import { columnKey, columnsOf, isRows, tableOf } from '../document/table-columns.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { RuleInput } from './rule-input.tsx';
import { TypedText } from './typed-text.tsx';

/** What must hold, with the sentence people read when it does not: of a field, of the rows of a table, or with null of the form. */
export function AssertsEditor({ field }: { readonly field: FieldEntry | null }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const asserts = assertsOf(document, field);
  const places = placesFor(document, field);
  const set = (next: readonly AssertDraft[]): boolean =>
    store.run({ kind: 'setAsserts', fieldId: field?.id ?? null, asserts: next });
  const change = (at: number, part: Partial<AssertDraft>): boolean =>
    set(asserts.map((one, index) => (index === at ? { ...one, ...part } : one)));
  return (
    <>
      {asserts.map((one, at) => (
        <div key={one.message ?? at} className={styles.assert}>
          <RuleInput
            label={words('assertTest')}
            value={one.test}
            condition
            except={field !== null && tableOf(document, field.id) ? field : null}
            onChange={(test) => change(at, { test })}
            onRemove={() => set(asserts.filter((_, index) => index !== at))}
          />
          <TypedText label={words('assertMessage')} value={one.ru ?? ''} onType={(ru) => change(at, { ru })} rows={1} />
          {places.length > 0 && (
            <Select
              size="xs"
              clearable
              label={words(field === null ? 'node_Control' : 'columnOne')}
              data={places.map((place) => ({
                value: columnKey(place),
                label: shownText(document, `${place.name}.label`, columnKey(place)),
              }))}
              value={one.at ?? null}
              onChange={(next) => {
                const { at: _, ...rest } = one;
                set(
                  asserts.map((other, index) =>
                    index === at ? { ...rest, ...(next !== null && { at: next }) } : other,
                  ),
                );
              }}
            />
          )}
        </div>
      ))}
      <Button
        variant="default"
        size="xs"
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => set([...asserts, { test: '', ru: '' }])}
      >
        {words('addAssert')}
      </Button>
    </>
  );
}

/** Where the sentence may stand; a field shows its own. */
function placesFor(document: FormDocument, field: FieldEntry | null): readonly FieldEntry[] {
  if (field === null) return document.fieldOrder.map((id) => document.fields[id]!);
  const table = isRows(field.id) ? tableOf(document, field.id) : undefined;
  return table ? columnsOf(table) : [];
}

function assertsOf(document: FormDocument, field: FieldEntry | null): readonly AssertDraft[] {
  const listed = (field?.schema ?? dataShell(document))['x-assert'];
  if (!Array.isArray(listed)) return [];
  return (listed as readonly unknown[]).filter(isJsonObject).map(({ test, message, at }): AssertDraft => {
    const key = typeof message === 'string' ? message : undefined;
    const [ru, en] = key === undefined ? [] : [textOf(document, 'ru', key), textOf(document, 'en', key)];
    return {
      test: typeof test === 'string' ? test : '',
      ...(key !== undefined && { message: key }),
      ...(typeof at === 'string' && at !== '' && { at: at.slice(1) }),
      ...(ru !== undefined && { ru }),
      ...(en !== undefined && { en }),
    };
  });
}
