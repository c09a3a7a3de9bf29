import type { JsonValue } from '../../json.ts';
import { isRecord } from '../json-checks.ts';
import { feelLiteral, type FormDraft, type JsonObject } from './form-draft.ts';
import { feelOf, formJsField, labelOf, plainText, type Component } from './form-js-field.ts';
import { text } from './source-text.ts';

/** What says nothing about the data: ids, looks, the place in a row (read by `rowsOf`). */
const SILENT = [
  'id',
  'key',
  'type',
  'label',
  'description',
  'layout',
  'validate',
  'conditional',
  'properties',
  'readonly',
  'disabled',
  'defaultValue',
  'path',
  'components',
  'appearance',
];

/**
 * Fields and layout from a form of form-js (Camunda 8), all component types. A FEEL text there begins with `=`; rules here are
 * FEEL without it. `hide` turns into the opposite: here a rule says when a field is shown.
 */
export function importFormJs(form: Component, draft: FormDraft): readonly JsonObject[] {
  return importComponents(form['components'], { draft, path: '/components', hidden: [] });
}

interface Place {
  readonly draft: FormDraft;
  readonly path: string;
  /** Conditions of the groups around, under which nothing in them is shown. */
  readonly hidden: readonly string[];
}

function importComponents(components: unknown, place: Place): readonly JsonObject[] {
  if (!Array.isArray(components)) return [];
  const rows: { readonly id: unknown; readonly elements: JsonObject[] }[] = [];
  for (const [at, component] of components.entries()) {
    if (!isRecord(component)) continue;
    const elements = importComponent(component, { ...place, path: `${place.path}/${at}` });
    const row = isRecord(component['layout']) ? component['layout']['row'] : undefined;
    const last = rows.at(-1);
    if (row !== undefined && last?.id === row) last.elements.push(...elements);
    else rows.push({ id: row ?? Symbol('own row'), elements: [...elements] });
  }
  return rows.flatMap(({ elements }): readonly JsonObject[] =>
    elements.length > 1 ? [{ type: 'HorizontalLayout', elements }] : elements,
  );
}

function importComponent(component: Component, place: Place): readonly JsonObject[] {
  const { draft, path } = place;
  const { type } = component;
  switch (type) {
    case 'group': {
      const elements = importComponents(component['components'], {
        ...place,
        path: `${path}/components`,
        hidden: [...place.hidden, ...hideOf(component, place)],
      });
      return elements.length === 0
        ? []
        : [{ type: 'Group', i18n: draft.section(text(component['label']), 'label'), elements }];
    }
    case 'text':
      return [{ type: 'Markdown', i18n: draft.section(plainText(component['text']), 'text') }];
    case 'html':
      draft.notes.changed(path, { ru: 'HTML стал простым примечанием.', en: 'HTML became a plain note.' });
      return [{ type: 'Label', i18n: draft.section(withoutTags(component['content']), 'text') }];
    case 'separator':
      return [{ type: 'Divider' }];
    case 'spacer':
      return [];
    case 'button':
      if (component['action'] === 'submit') draft.text('submit', text(component['label']));
      else draft.notes.unknown(path, `button ${text(component['action']) ?? ''}`.trim());
      return [];
    default:
      return importField(component, place);
  }
}

function importField(component: Component, place: Place): readonly JsonObject[] {
  const { draft, path } = place;
  const read = formJsField(component, { notes: draft.notes, path });
  if (read === undefined) {
    const name = text(component['label']) ?? text(component['key']);
    draft.notes.unknown(path, [String(component['type']), ...(name ? [name] : [])].join(': '));
    return [];
  }
  const validate = isRecord(component['validate']) ? component['validate'] : {};
  const schema: Record<string, JsonValue> = { ...read.schema };
  if (
    component['defaultValue'] !== undefined &&
    !Array.isArray(component['defaultValue']) &&
    !isRecord(component['defaultValue'])
  ) {
    schema['default'] = component['defaultValue'] as JsonValue;
  }
  const isFixed = component['disabled'] === true || component['readonly'] === true;
  if (isFixed && !('x-value' in schema)) schema['readOnly'] = true;
  const wanted = text(component['key']) ?? text(component['path']) ?? text(component['id']) ?? 'field';
  const name = draft.addField(wanted, path, {
    schema,
    texts: { ...read.texts, label: labelOf(component), help: plainText(component['description']) },
  });
  for (const [column, texts] of Object.entries(read.columns ?? {})) draft.addTexts(`${name}.${column}`, texts);
  if (validate['required'] === true) draft.required.push(name);
  const locked = feelOf(component['readonly']);
  if (locked !== undefined) draft.readonlyWhen(name, locked);
  for (const hidden of [...place.hidden, ...hideOf(component, place)]) draft.visibleWhen(name, `not(${hidden})`);
  const taken = [...SILENT, ...read.reads];
  for (const key of Object.keys(component)) {
    if (!taken.includes(key)) draft.notes.unknown(`${path}/${key}`, key);
  }
  return [{ type: 'Control', scope: `#/properties/${name}`, ...(read.widget && { options: { widget: read.widget } }) }];
}

/** When the component is hidden, as FEEL. */
function hideOf(component: Component, { draft, path }: Place): readonly string[] {
  const hide = isRecord(component['conditional']) ? component['conditional']['hide'] : undefined;
  if (hide === undefined || hide === '' || hide === false) return [];
  const condition = hide === true ? 'true' : feelOf(hide);
  if (condition !== undefined) return [condition];
  draft.notes.unknown(`${path}/conditional/hide`, String(feelLiteral(hide)));
  return [];
}

function withoutTags(value: unknown): string | undefined {
  return plainText(value)
    ?.replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
