import type { StaticType } from '#engine';
import type { FormVariable, FormVariableType } from '#contract';

/** Deeper than this nobody completes a path. */
const DEPTH = 3;

/** A type as the designer is told it; what may be one thing or another is anything. */
export function variableType(type: StaticType, depth = DEPTH): FormVariableType {
  const [one, other] = type === 'any' ? [] : type.filter(({ kind }) => kind !== 'null');
  if (one === undefined || other !== undefined || depth === 0) return { kind: 'any' };
  switch (one.kind) {
    case 'string':
      return { kind: 'string', ...(one.literals && { choices: [...one.literals] }) };
    case 'list':
      return { kind: 'list', items: variableType(one.of, depth - 1) };
    case 'context': {
      const members = [...one.entries].map(([name, { type: member }]) => ({
        name,
        type: variableType(member, depth - 1),
      }));
      return { kind: 'context', members };
    }
    case 'boolean':
    case 'number':
    case 'date':
    case 'time':
    case 'date and time':
    case 'days and time duration':
    case 'years and months duration':
      return { kind: one.kind };
    default:
      return { kind: 'any' };
  }
}

type Field = NonNullable<FormVariable['field']>;

/** A field that can hold a value of the type; null where no field can, such as a context. */
export function fieldForType(type: FormVariableType): Field | null {
  switch (type.kind) {
    case 'any':
      return { schema: { type: 'string' }, texts: {} };
    case 'string':
      return type.choices === undefined || type.choices.length === 0
        ? { schema: { type: 'string' }, texts: {} }
        : { schema: { type: 'string', enum: [...type.choices] }, texts: optionTexts(type.choices) };
    case 'boolean':
    case 'number':
      return { schema: { type: type.kind }, texts: {} };
    case 'list': {
      const choices = type.items?.kind === 'string' ? type.items.choices : undefined;
      if (choices === undefined || choices.length === 0) return null;
      return { schema: { type: 'array', items: { type: 'string', enum: [...choices] } }, texts: optionTexts(choices) };
    }
    default:
      return null;
  }
}

function optionTexts(values: readonly string[]): Field['texts'] {
  return Object.fromEntries(values.map((value) => [`options.${value}`, { ru: value }]));
}

type Json = Readonly<Record<string, unknown>>;

/** Of what a rule says of other fields of its form, nothing holds in another one. */
const RULES = ['x-id', 'x-visible', 'x-required', 'x-readonly', 'x-value', 'x-options', 'x-assert', 'x-bik'];

/** The same field for another form: its kind, limits and texts, without its rules. A computed one stays read-only. */
export function fieldOfForm(definition: Json, name: string): Field | null {
  const schema = ((definition['data'] as Json)['properties'] as Json)[name] as Json | undefined;
  if (schema === undefined) return null;
  const texts: Record<string, Record<string, string>> = {};
  const written = (definition['i18n'] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  for (const [language, table] of Object.entries(written))
    for (const [key, text] of Object.entries(table))
      if (key.startsWith(`${name}.`) && typeof text === 'string' && (language === 'ru' || language === 'en'))
        (texts[key.slice(name.length + 1)] ??= {})[language] = text;
  return { schema: withoutRules(schema), texts };
}

function withoutRules(schema: Json): Record<string, unknown> {
  const kept = Object.entries(schema)
    .filter(([key]) => !RULES.includes(key))
    .map(([key, value]) => [key, key === 'x-source' ? sourceAlone(value as Json) : value] as const);
  const { items, ...rest } = Object.fromEntries(kept) as Json & { items?: Json };
  const columns = items?.['properties'] as Readonly<Record<string, Json>> | undefined;
  if (items === undefined || columns === undefined) return { ...rest, ...(items && { items }) };
  const { 'x-assert': _, ...row } = items;
  const properties = Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, withoutRules(column)]));
  return { ...rest, items: { ...row, properties } };
}

/** Which list it chooses from, without what it filters by or fills in. */
function sourceAlone({ catalog, label, group }: Json): Json {
  return { catalog, ...(label !== undefined && { label }), ...(group !== undefined && { group }) };
}
