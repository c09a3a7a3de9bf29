import type { JsonValue } from '../../json.ts';
import { isRecord } from '../json-checks.ts';
import type { FormDraft, JsonObject } from './form-draft.ts';
import { CONDITIONS, mergeSchema, type Schema } from './merge-schema.ts';
import { importConditions } from './import-conditions.ts';
import { schemaField, typeOf } from './schema-field.ts';
import { pointer, text } from './source-text.ts';

/** Where a property of the source went: its JSON pointer (`#/properties/a/properties/b`) → the field of the form. */
export type Scopes = Map<string, string>;

interface Place {
  readonly draft: FormDraft;
  readonly root: Schema;
  readonly scopes: Scopes;
}

const MAX_DEPTH = 12;
/** Says nothing that a form would need, so nothing is lost. */
const SILENT = [
  '$schema',
  '$id',
  '$defs',
  'definitions',
  '$comment',
  'type',
  'title',
  'description',
  'examples',
  'additionalProperties',
  'unevaluatedProperties',
];
const OF_OBJECTS = [
  'properties',
  'required',
  'default',
  'if',
  'then',
  'else',
  'dependentRequired',
  'dependencies',
  CONDITIONS,
];

/**
 * Fields from a JSON Schema object (07, 2019-09, 2020-12: what differs for forms is `definitions`/`$defs` and
 * `dependencies`/`dependentRequired`). Nested objects become groups whose fields stand side by side.
 * @returns the layout, one element per property
 */
export function importJsonSchema(schema: Schema, draft: FormDraft, scopes: Scopes): readonly JsonObject[] {
  return importObject(schema, { draft, root: schema, scopes }, { path: '', scope: '#', prefix: '', depth: 0 });
}

interface At {
  readonly path: string;
  readonly scope: string;
  readonly prefix: string;
  readonly depth: number;
}

function importObject(given: Schema, place: Place, at: At): readonly JsonObject[] {
  const { draft, scopes } = place;
  const sourceAt = (path: string) => ({ notes: draft.notes, root: place.root, path });
  const schema = mergeSchema(given, sourceAt(at.path));
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const layout: JsonObject[] = [];
  for (const [name, raw] of Object.entries(properties)) {
    const path = `${at.path}/properties/${pointer(name)}`;
    const scope = `${at.scope}/properties/${name}`;
    if (!isRecord(raw)) {
      draft.notes.lost(path, { ru: `Поле «${name}» не описано.`, en: `The field "${name}" is not described.` });
      continue;
    }
    const property = mergeSchema(raw, sourceAt(path));
    const isObject =
      property['type'] === 'object' || (property['type'] === undefined && isRecord(property['properties']));
    if (isObject && isRecord(property['properties'])) {
      if (at.depth >= MAX_DEPTH) {
        draft.notes.lost(path, { ru: 'Слишком глубокая вложенность.', en: 'Nested too deep.' });
        continue;
      }
      draft.notes.changed(path, {
        ru: `Вложенный объект «${name}» стал группой: его поля лежат рядом с остальными, с приставкой «${name}_».`,
        en: `The nested object "${name}" became a group: its fields stand beside the others, with "${name}_" before their names.`,
      });
      const inner = { path, scope, prefix: `${at.prefix}${name}_`, depth: at.depth + 1 };
      const elements = importObject(property, place, inner);
      if (elements.length > 0)
        layout.push({ type: 'Group', i18n: draft.section(text(property['title']) ?? name, 'label'), elements });
      continue;
    }
    const field = importField(property, place, { ...at, path, scope, prefix: at.prefix + name });
    if (field === undefined) continue;
    scopes.set(scope, field);
    const widget = widgetFor(property);
    layout.push({ type: 'Control', scope: `#/properties/${field}`, ...(widget && { options: { widget } }) });
  }
  const fieldAt = (name: string): string | undefined => scopes.get(`${at.scope}/properties/${name}`);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  for (const name of required) {
    const field = fieldAt(String(name));
    if (field !== undefined && !draft.required.includes(field)) draft.required.push(field);
  }
  importConditions(schema, { draft, path: at.path, fieldAt });
  for (const keyword of Object.keys(schema)) {
    if (!SILENT.includes(keyword) && !OF_OBJECTS.includes(keyword) && !/^x-/u.test(keyword)) {
      draft.notes.unknown(`${at.path}/${keyword}`, keyword);
    }
  }
  return layout;
}

/** One property → one field. @returns its name, or undefined when there is no kind for it */
function importField(property: Schema, place: Place, at: At): string | undefined {
  const { draft } = place;
  const read = schemaField(property, { notes: draft.notes, root: place.root, path: at.path });
  if (read === undefined) return undefined;
  const taken = [...SILENT, 'properties', 'required', ...read.reads, 'default', 'readOnly', 'format'];
  for (const keyword of Object.keys(property)) {
    if (!taken.includes(keyword) && !/^x-/u.test(keyword)) draft.notes.unknown(`${at.path}/${keyword}`, keyword);
  }
  const extra: Record<string, JsonValue> = {};
  if (property['default'] !== undefined && !Array.isArray(property['default']) && !isRecord(property['default'])) {
    extra['default'] = property['default'] as JsonValue;
  }
  if (property['readOnly'] === true) extra['readOnly'] = true;
  const examples = property['examples'];
  const example = Array.isArray(examples) && typeof examples[0] === 'string' ? examples[0] : undefined;
  const name = draft.addField(at.prefix, at.path, {
    schema: { ...read.schema, ...extra },
    texts: {
      label: text(property['title']),
      help: text(property['description']),
      placeholder: example,
      options: read.options ?? {},
    },
  });
  for (const [column, texts] of Object.entries(read.columns ?? {})) draft.addTexts(`${name}.${column}`, texts);
  return name;
}

function widgetFor(property: Schema): string | undefined {
  const isLong = typeof property['maxLength'] === 'number' && property['maxLength'] > 300;
  return typeOf(property) === 'string' && isLong && !('enum' in property) && !('format' in property)
    ? 'textarea'
    : undefined;
}
