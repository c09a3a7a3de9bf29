import { isRecord } from '../json-checks.ts';
import type { FormDraft, JsonObject } from './form-draft.ts';
import type { Scopes } from './import-json-schema.ts';
import { text } from './source-text.ts';
import { valueCondition } from './condition-of.ts';

type Element = Readonly<Record<string, unknown>>;

const CONTAINERS = ['VerticalLayout', 'HorizontalLayout', 'Group', 'Category'];

/** The layout of a JSON Forms UI schema over the fields that its JSON Schema has become, with its rules. */
export function importUiSchema(uiSchema: Element, draft: FormDraft, scopes: Scopes): readonly JsonObject[] {
  return importElement(uiSchema, '/uischema', { draft, scopes });
}

interface Place {
  readonly draft: FormDraft;
  readonly scopes: Scopes;
}

function importElement(element: Element, path: string, place: Place): readonly JsonObject[] {
  const { draft } = place;
  const { type } = element;
  if (type === 'Control') return importControl(element, path, place);
  if (type === 'Label') {
    return [{ type: 'Label', i18n: draft.section(text(element['text']) ?? text(element['label']), 'text') }];
  }
  const isTabs = type === 'Categorization';
  if (!isTabs && !CONTAINERS.includes(String(type))) {
    draft.notes.unknown(path, String(type));
    return [];
  }
  const children = Array.isArray(element['elements']) ? element['elements'] : [];
  const elements = children.flatMap((child: unknown, at) =>
    isRecord(child) ? importElement(child, `${path}/elements/${at}`, place) : [],
  );
  importRule(element, path, { place, fields: fieldsIn(elements) });
  if (elements.length === 0) return [];
  if (isTabs) {
    const options = isRecord(element['options']) ? element['options'] : {};
    return [{ type, ...(options['variant'] === 'stepper' && { options: { variant: 'stepper' } }), elements }];
  }
  if (type === 'Group' || type === 'Category') {
    return [{ type, i18n: draft.section(text(element['label']), 'label'), elements }];
  }
  return [{ type: type as string, elements }];
}

function importControl(element: Element, path: string, place: Place): readonly JsonObject[] {
  const { draft, scopes } = place;
  const field = scopes.get(text(element['scope']) ?? '');
  if (field === undefined) {
    draft.notes.lost(`${path}/scope`, {
      ru: `${JSON.stringify(element['scope'] ?? null)} не ведёт к перенесённому полю.`,
      en: `${JSON.stringify(element['scope'] ?? null)} does not lead to a field that was carried over.`,
    });
    return [];
  }
  const label = text(element['label']);
  if (label !== undefined) draft.text(`${field}.label`, label);
  importRule(element, path, { place, fields: [field] });
  const options = isRecord(element['options']) ? element['options'] : {};
  if (options['readonly'] === true || options['readOnly'] === true) draft.field(field)!['readOnly'] = true;
  const schema = draft.field(field)!;
  const widget =
    options['multi'] === true && schema['type'] === 'string' && !('format' in schema) && !('enum' in schema)
      ? 'textarea'
      : options['format'] === 'radio' && 'enum' in schema
        ? 'radio'
        : undefined;
  for (const key of Object.keys(options)) {
    const taken = ['readonly', 'readOnly', 'multi', 'format'].includes(key);
    if (!taken) draft.notes.unknown(`${path}/options/${key}`, `options.${key}`);
  }
  return [{ type: 'Control', scope: `#/properties/${field}`, ...(widget && { options: { widget } }) }];
}

/** A rule on a layout is a rule on every field in it: here conditions belong to the data. */
function importRule(
  { rule }: Element,
  path: string,
  { place, fields }: { readonly place: Place; readonly fields: readonly string[] },
): void {
  if (!isRecord(rule)) return;
  const { draft, scopes } = place;
  const asked = isRecord(rule['condition']) ? rule['condition'] : {};
  const source = scopes.get(String(asked['scope']));
  const test = isRecord(asked['schema']) ? asked['schema'] : undefined;
  const condition = source === undefined || test === undefined ? undefined : valueCondition(source, test);
  if (condition === undefined) {
    draft.notes.lost(`${path}/rule`, {
      ru: 'Правило не перенесено: его условие здесь не выразить. Напишите его заново на FEEL.',
      en: 'The rule was not carried over: its condition cannot be said here. Write it again in FEEL.',
    });
    return;
  }
  for (const field of fields) {
    if (rule['effect'] === 'SHOW') draft.visibleWhen(field, condition);
    else if (rule['effect'] === 'HIDE') draft.visibleWhen(field, `not(${condition})`);
    else if (rule['effect'] === 'ENABLE') draft.readonlyWhen(field, `not(${condition})`);
    else if (rule['effect'] === 'DISABLE') draft.readonlyWhen(field, condition);
    else draft.notes.unknown(`${path}/rule/effect`, String(rule['effect']));
  }
}

function fieldsIn(elements: readonly JsonObject[]): readonly string[] {
  return elements.flatMap((element): readonly string[] => {
    if (element['type'] === 'Control') return [(element['scope'] as string).slice('#/properties/'.length)];
    return Array.isArray(element['elements']) ? fieldsIn(element['elements'] as readonly JsonObject[]) : [];
  });
}
