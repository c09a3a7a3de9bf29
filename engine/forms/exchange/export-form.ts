import { assertNever } from '../../assert-never.ts';
import type { FormLanguage } from '../form-definition.ts';
import { readForm } from '../read-form.ts';
import { ExchangeNotes, type ExchangeNote } from './exchange-note.ts';
import { exportFormJs } from './export-form-js.ts';
import { exportJsonForms } from './export-json-forms.ts';
import { exportJsonSchema, lostRule } from './export-json-schema.ts';
import type { JsonObject } from './form-draft.ts';
import type { FormFormat } from './import-form.ts';

export interface FormExport {
  readonly content: JsonObject;
  /** What that format has no word for. */
  readonly notes: readonly ExchangeNote[];
}

/**
 * Writes a form for another product, in one language (those formats have one). The form must be a good one.
 * @throws InvalidForm
 */
export function exportForm(
  definition: JsonObject,
  { format, language }: { readonly format: Exclude<FormFormat, 'form/1'>; readonly language: FormLanguage },
): FormExport {
  const notes = new ExchangeNotes();
  const out = { form: readForm(definition), definition, language, notes };
  for (const rule of new Set(out.form.fields.flatMap(({ within = [] }) => within)))
    lostRule(notes, rule.id, rule.expression.text);
  return { content: contentOf(), notes: notes.notes };

  function contentOf(): JsonObject {
    switch (format) {
      case 'json-schema':
        return exportJsonSchema(out);
      case 'json-forms':
        return exportJsonForms(out);
      case 'form-js':
        return exportFormJs(out);
      default:
        return assertNever(format);
    }
  }
}
