import { withKeys } from '../form-editor/document/document-texts.ts';
import type { FormDocument, JsonObject } from '../form-editor/document/form-document.ts';
import { isJsonObject } from '../form-editor/document/form-document.ts';
import { messageKeys } from '../form-editor/document/form-fragment.ts';
import { isRows } from '../form-editor/document/table-columns.ts';
import { setData, setSchema, setTexts, withChanges, type DocumentDraft } from './document-draft.ts';
import { fieldOf } from './document-draft.ts';
import { schemaOf } from './field-commands.ts';
import { writeTexts } from './rewrite-names.ts';
import type { FormCommand } from './form-command.ts';

type Of<K extends FormCommand['kind']> = Extract<FormCommand, { kind: K }>;

export function setText(on: DocumentDraft, { language, key, text }: Of<'setText'>): void {
  writeTexts(on, key, { [language]: text });
}

export function setTitle(on: DocumentDraft, { language, text }: Of<'setTitle'>): void {
  const shell = on.draft.shell as JsonObject;
  const title = isJsonObject(shell['title']) ? shell['title'] : {};
  const next = withChanges(title, { [language]: text === '' && language !== 'ru' ? undefined : text });
  on.draft.shell = { ...shell, title: next } as typeof on.draft.shell;
}

/** Conditions with the sentence each one says; a new one gets a text key of its own. */
export function setAsserts(on: DocumentDraft, { fieldId, asserts }: Of<'setAsserts'>): void {
  const schema = schemaOf(on, fieldId);
  const name = fieldId === null ? 'form' : fieldOf(on, fieldId).name.replace('.', '_');
  const isWhole = fieldId === null || isRows(fieldId);
  const old = messageKeys(schema);
  const taken = new Set([...old, ...asserts.flatMap(({ message }) => message ?? [])]);
  const entries = asserts.map(({ test, message, at, ru, en }) => {
    const key = message ?? freeMessage(name, taken);
    taken.add(key);
    writeTexts(on, key, { ...(ru !== undefined && { ru }), ...(en !== undefined && { en }) });
    return { test, ...(isWhole && at !== undefined && { at: `/${at}` }), message: key };
  });
  const value = entries.length > 0 ? entries : undefined;
  if (fieldId === null) setData(on, 'x-assert', value);
  else setSchema(on, fieldId, withChanges(schema, { 'x-assert': value }));
  const used = new Set(
    [schemaOf(on, null), ...Object.values((on.draft as FormDocument).fields).map((field) => field.schema)].flatMap(
      messageKeys,
    ),
  );
  const gone = new Set(old.filter((key) => !used.has(key)));
  setTexts(
    on,
    withKeys(on.draft.texts, (key) => (gone.has(key) ? null : key)),
  );
}

function freeMessage(name: string, taken: ReadonlySet<string>): string {
  let number = 1;
  while (taken.has(`assert.${name}${number}`)) number += 1;
  return `assert.${name}${number}`;
}
