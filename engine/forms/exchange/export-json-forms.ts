import { assertNever } from '../../assert-never.ts';
import type { JsonValue } from '../../json.ts';
import { formText, type LayoutNode } from '../form-definition.ts';
import { ExchangeNotes } from './exchange-note.ts';
import { exportJsonSchema, lostRule, type Export } from './export-json-schema.ts';
import type { JsonObject } from './form-draft.ts';
import { simpleCondition } from './simple-condition.ts';
import { pointer } from './source-text.ts';

/** `{schema, uischema}` of JSON Forms; simple rules on when a field is shown or locked become its rules. */
export function exportJsonForms(out: Export): JsonObject {
  // What the schema alone could not say about showing and locking fields is said by the layout, so that is noted here.
  const schemaNotes = new ExchangeNotes();
  const schema = exportJsonSchema({ ...out, notes: schemaNotes });
  for (const note of schemaNotes.notes) {
    if (!/^\/data\/properties\/[^/]+\/x-(visible|readonly)$/u.test(note.path)) out.notes.notes.push(note);
  }
  return { schema, uischema: element(out.form.layout, out) };
}

function element(node: LayoutNode, out: Export): JsonObject {
  const { form, language } = out;
  const textOf = (key: string): string => formText(form, language, key) ?? key;
  const inside = (children: readonly LayoutNode[]): readonly JsonObject[] =>
    children.map((child) => element(child, out));
  switch (node.kind) {
    case 'control':
      return control(node, out);
    case 'label':
    case 'markdown':
      return { type: 'Label', text: textOf(`${node.i18n}.text`) };
    case 'group':
      return {
        type: 'Group',
        label: textOf(`${node.i18n}.label`),
        elements: inside(node.children),
      };
    case 'category':
      return { type: 'Category', label: textOf(`${node.i18n}.label`), elements: inside(node.children) };
    case 'categorization': {
      const options: JsonObject = node.variant === 'stepper' ? { options: { variant: 'stepper' } } : {};
      return { type: 'Categorization', ...options, elements: inside(node.children) };
    }
    case 'horizontal':
      return { type: 'HorizontalLayout', elements: inside(node.children) };
    case 'divider':
      return { type: 'Label', text: '' };
    case 'vertical':
      return { type: 'VerticalLayout', elements: inside(node.children) };
    default:
      return assertNever(node);
  }
}

function control(node: LayoutNode & { readonly kind: 'control' }, { form, definition, notes }: Export): JsonObject {
  const field = form.fieldsByName.get(node.field)!;
  const schema = ((definition['data'] as JsonObject)['properties'] as Readonly<Record<string, JsonObject>>)[
    field.name
  ]!;
  const options: Record<string, JsonValue> = {};
  if (field.widget === 'textarea') options['multi'] = true;
  if (field.widget === 'radio') options['format'] = 'radio';
  const rules = (['x-visible', 'x-readonly'] as const).flatMap((keyword) => {
    const feel = schema[keyword];
    if (typeof feel !== 'string') return [];
    const condition = simpleCondition(feel);
    if (condition !== undefined) {
      const effect = keyword === 'x-visible' ? 'SHOW' : 'DISABLE';
      return [
        {
          feel,
          rule: { effect, condition: { scope: `#/properties/${pointer(condition.field)}`, schema: condition.schema } },
        },
      ];
    }
    lostRule(notes, `/data/properties/${pointer(field.name)}/${keyword}`, feel);
    return [];
  });
  // JSON Forms takes one rule per element (its issue 1807).
  for (const { feel } of rules.slice(1)) lostRule(notes, `/data/properties/${pointer(field.name)}/x-readonly`, feel);
  return {
    type: 'Control',
    scope: `#/properties/${pointer(field.name)}`,
    ...(Object.keys(options).length > 0 && { options }),
    ...(rules[0] && { rule: rules[0].rule }),
  };
}
