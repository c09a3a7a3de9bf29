import { shownText } from '../document/document-texts.ts';
import { subtreeOf } from '../document/document-tree.ts';
import { requiredNames, stableIdOf, type FieldEntry, type FormDocument } from '../document/form-document.ts';

export type FormChange =
  | { readonly kind: 'added' | 'removed'; readonly label: string; readonly name: string; readonly breaking: boolean }
  | {
      readonly kind: 'renamed';
      readonly label: string;
      readonly was: string;
      readonly now: string;
      readonly breaking: true;
    }
  | {
      readonly kind: 'changed' | 'kind';
      readonly label: string;
      readonly name: string;
      /** A schema keyword, or `required`. */
      readonly keyword: string;
      readonly was: string | undefined;
      readonly now: string | undefined;
      readonly breaking: boolean;
    }
  | {
      readonly kind: 'texts';
      readonly label: string;
      readonly was: string;
      readonly now: string;
      readonly breaking: false;
    }
  | { readonly kind: 'layout'; readonly label: ''; readonly breaking: false };

/**
 * What of a form differs from an earlier version, field by field. Fields are the same when their `x-id` is, so a rename is a rename.
 * Which processes, templates and decisions a change touches is asked of the server: see the impact list (issue 6.4).
 */
export function compareForms(before: FormDocument, after: FormDocument): readonly FormChange[] {
  const old = new Map(Object.values(before.fields).map((field) => [stableIdOf(field), field]));
  const now = new Map(Object.values(after.fields).map((field) => [stableIdOf(field), field]));
  const changes: FormChange[] = [];
  for (const [id, field] of now) {
    const was = old.get(id);
    const label = shownText(after, `${field.name}.label`, field.name);
    if (!was) changes.push({ kind: 'added', label, name: field.name, breaking: false });
    else changes.push(...changesOf({ document: before, field: was }, { document: after, field }, label));
  }
  for (const [id, field] of old) {
    if (now.has(id)) continue;
    const label = shownText(before, `${field.name}.label`, field.name);
    changes.push({ kind: 'removed', label, name: field.name, breaking: true });
  }
  if (outline(before) !== outline(after)) changes.push({ kind: 'layout', label: '', breaking: false });
  return changes;
}

interface Side {
  readonly document: FormDocument;
  readonly field: FieldEntry;
}

function changesOf(before: Side, after: Side, label: string): readonly FormChange[] {
  const changes: FormChange[] = [];
  const was = before.field;
  const now = after.field;
  const named = { label, name: now.name };
  if (was.name !== now.name) changes.push({ kind: 'renamed', label, was: was.name, now: now.name, breaking: true });
  for (const keyword of new Set([...Object.keys(was.schema), ...Object.keys(now.schema)])) {
    const from = JSON.stringify(was.schema[keyword]) as string | undefined;
    const to = JSON.stringify(now.schema[keyword]) as string | undefined;
    if (from === to || keyword === 'x-id') continue;
    const kind = keyword === 'type' || keyword === 'format' ? 'kind' : 'changed';
    changes.push({ ...named, kind, keyword, was: from, now: to, breaking: kind === 'kind' });
  }
  const [wasRequired, isRequired] = [before, after].map(({ document, field }) =>
    requiredNames(document).includes(field.name),
  );
  if (wasRequired !== isRequired)
    changes.push({
      ...named,
      kind: 'changed',
      keyword: 'required',
      was: String(wasRequired),
      now: String(isRequired),
      breaking: false,
    });
  const oldLabel = shownText(before.document, `${was.name}.label`, was.name);
  if (oldLabel !== label) changes.push({ kind: 'texts', label, was: oldLabel, now: label, breaking: false });
  return changes;
}

/** The layout without names that have changed. */
function outline(document: FormDocument): string {
  return subtreeOf(document, document.root)
    .map(({ type, fieldId, shell }) =>
      [
        type,
        fieldId === null ? '' : stableIdOf(document.fields[fieldId]!),
        JSON.stringify(shell['options'] ?? ''),
      ].join(),
    )
    .join(';');
}
