import { Button, Select } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { AssertDraft } from '../../commands/form-command.ts';
import { shownText, textOf } from '../document/document-texts.ts';
import { dataShell, isJsonObject, type FieldEntry, type FormDocument } from '../document/form-document.ts';
import { useDocument, useStore } from '../editor-context.ts';
import { useWords } from '../texts.ts';
import styles from './inspector.module.css';
import { RuleInput } from './rule-input.tsx';
import { TypedText } from './typed-text.tsx';

/** What must hold, with the sentence people read when it does not; of a field, or of the form with null. */
export function AssertsEditor({ field }: { readonly field: FieldEntry | null }) {
  const words = useWords();
  const store = useStore();
  const document = useDocument();
  const asserts = assertsOf(document, field);
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
            except={null}
            onChange={(test) => change(at, { test })}
            onRemove={() => set(asserts.filter((_, index) => index !== at))}
          />
          <TypedText label={words('assertMessage')} value={one.ru ?? ''} onType={(ru) => change(at, { ru })} rows={1} />
          {field === null && (
            <Select
              size="xs"
              clearable
              label={words('node_Control')}
              data={Object.values(document.fields).map(({ name }) => ({
                value: name,
                label: shownText(document, `${name}.label`, name),
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
