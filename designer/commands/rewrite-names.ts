import { withKeys, withText } from '../form-editor/document/document-texts.ts';
import { dataShell, type FormDocument, type JsonObject } from '../form-editor/document/form-document.ts';
import { messageKeys, nodeKeys } from '../form-editor/document/form-fragment.ts';
import { renameInSchema } from '../form-editor/document/rename-in-rule.ts';
import { fieldOf, setData, setSchema, setTexts, type DocumentDraft } from './document-draft.ts';
import type { TextPair } from './form-command.ts';

/** In every rule of the form; the name may be that of a column (`works.qty`). */
export function renameInRules(on: DocumentDraft, old: string, name: string): void {
  const names = new Map([[old, name]]);
  for (const id of on.draft.fieldOrder) {
    const { name: owner, schema } = fieldOf(on, id);
    const renamed = renameInSchema(schema, names, owner);
    if (renamed !== schema) setSchema(on, id, renamed);
  }
  const data = dataShell(on.draft);
  const asserts = renameInSchema(data, names)['x-assert'];
  if (JSON.stringify(asserts) !== JSON.stringify(data['x-assert'])) setData(on, 'x-assert', asserts);
}

/** The texts of the field (or column) under its new name; undefined takes them away. */
export function renameTexts(on: DocumentDraft, old: string, name: string | undefined): void {
  const kept = foreignKeys(on);
  setTexts(
    on,
    withKeys(on.draft.texts, (key) => {
      if (!key.startsWith(`${old}.`) || kept.has(key)) return key;
      return name === undefined ? null : name + key.slice(old.length);
    }),
  );
}

/** Writes the languages given; an empty text removes the entry, because a form may not hold one. */
export function writeTexts(on: DocumentDraft, key: string, pair: TextPair): void {
  for (const [language, text] of Object.entries(pair)) {
    const texts = on.draft.texts as FormDocument['texts'];
    setTexts(on, withText(texts, { language, key, text: text === '' ? undefined : text }));
  }
}

/** Texts of groups, notes and assertions: they may begin with the name of a field and still not be its own. */
export function foreignKeys({ draft }: DocumentDraft): ReadonlySet<string> {
  const document = draft as FormDocument;
  const schemas: readonly JsonObject[] = [
    dataShell(document),
    ...Object.values(document.fields).map((one) => one.schema),
  ];
  return new Set([
    ...Object.values(document.nodes).flatMap(({ shell }) => nodeKeys(shell)),
    ...schemas.flatMap(messageKeys),
  ]);
}
