import { InvalidForm, type FormProblem } from '../invalid-form.ts';
import { isRecord } from '../json-checks.ts';
import { readForm } from '../read-form.ts';
import { ExchangeNotes, type ExchangeNote } from './exchange-note.ts';
import { FormDraft, type JsonObject } from './form-draft.ts';
import { importFormJs } from './import-form-js.ts';
import { importJsonSchema, type Scopes } from './import-json-schema.ts';
import { importUiSchema } from './import-json-forms.ts';
import { NotAForm } from './not-a-form.ts';
import { text } from './source-text.ts';

export type FormFormat = 'form/1' | 'form-js' | 'json-schema' | 'json-forms';

export interface FormImport {
  readonly format: FormFormat;
  /** A definition `form/1`; with `problems` its author must mend it before it can be published. */
  readonly definition: JsonObject;
  /** What could not be carried over, and what is in another shape now. */
  readonly notes: readonly ExchangeNote[];
  readonly problems: readonly FormProblem[];
}

type Json = Readonly<Record<string, unknown>>;

const ROOM_FOR_KEY = 60;

/**
 * Takes a form from another product: form-js (Camunda 8), JSON Schema 07 / 2019-09 / 2020-12, or JSON Forms
 * (`{"schema": …, "uischema": …}`); one of our own comes through as it is. Nothing is left out without a note.
 *
 * @throws NotAForm when it is none of these
 */
export function importForm(source: unknown, wanted: { readonly key?: string } = {}): FormImport {
  if (!isRecord(source)) {
    throw new NotAForm({
      ru: 'Это не форма: ожидался объект JSON (форма Camunda, JSON Schema или JSON Forms).',
      en: 'This is not a form: expected a JSON object (a Camunda form, a JSON Schema or JSON Forms).',
    });
  }
  const format = formatOf(source);
  if (format === 'form/1') return { format, definition: source as JsonObject, notes: [], problems: problemsOf(source) };
  const notes = new ExchangeNotes();
  const draft = new FormDraft(notes);
  const layout = layoutOf(source, format, draft);
  if (layout.length === 0) {
    throw new NotAForm({
      ru: 'В этой форме нет ни одного поля, которое можно перенести.',
      en: 'This form has no field that can be carried over.',
    });
  }
  const title = titleOf(source, format);
  const key = wanted.key ?? keyFrom(text(source['id']) ?? text(source['$id']) ?? title);
  const definition = draft.build({ key, title: title ?? key, layout });
  return { format, definition, notes: notes.notes, problems: problemsOf(definition) };
}

function formatOf(source: Json): FormFormat {
  if (source['$schema'] === 'form/1') return 'form/1';
  if (Array.isArray(source['components'])) return 'form-js';
  if (isRecord(source['schema']) && isRecord(source['schema']['properties'])) return 'json-forms';
  if (isRecord(source['properties']) || isRecord(source['$ref']) || Array.isArray(source['allOf']))
    return 'json-schema';
  if (Array.isArray(source['elements'])) {
    throw new NotAForm({
      ru: 'Это только разметка JSON Forms. Добавьте к ней схему: {"schema": …, "uischema": …}.',
      en: 'This is only the layout of JSON Forms. Add its schema: {"schema": …, "uischema": …}.',
    });
  }
  if (Array.isArray(source['pages']) || Array.isArray(source['questions'])) {
    throw new NotAForm({
      ru: 'Это похоже на форму SurveyJS; её формат не читается. Экспортируйте JSON Schema.',
      en: 'This looks like a SurveyJS form, whose format is not read. Export a JSON Schema.',
    });
  }
  throw new NotAForm({
    ru: 'Это JSON, но не форма: нет ни "components" (Camunda), ни "properties" (JSON Schema), ни "schema" с "uischema" (JSON Forms).',
    en: 'This is JSON, but not a form: it has neither "components" (Camunda) nor "properties" (JSON Schema) nor "schema" with "uischema" (JSON Forms).',
  });
}

function layoutOf(source: Json, format: FormFormat, draft: FormDraft): readonly JsonObject[] {
  if (format === 'form-js') return importFormJs(source, draft);
  const scopes: Scopes = new Map();
  const schema = format === 'json-forms' ? (source['schema'] as Json) : source;
  const plain = importJsonSchema(schema, draft, scopes);
  const uiSchema = source['uischema'];
  return format === 'json-forms' && isRecord(uiSchema) ? importUiSchema(uiSchema, draft, scopes) : plain;
}

function titleOf(source: Json, format: FormFormat): string | undefined {
  const schema = format === 'json-forms' ? (source['schema'] as Json) : source;
  return text(schema['title']) ?? text(source['name']) ?? text(source['id']);
}

function keyFrom(name: string | undefined): string {
  const key = (name ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^[^a-z]+|-+$/gu, '')
    .slice(0, ROOM_FOR_KEY);
  return key || 'imported-form';
}

function problemsOf(definition: Json): readonly FormProblem[] {
  try {
    readForm(definition);
    return [];
  } catch (error) {
    if (error instanceof InvalidForm) return error.problems;
    throw error;
  }
}
