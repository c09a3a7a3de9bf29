import { checkLookups } from './check-lookups.ts';
import { compileField } from './compile-field.ts';
import { nameProblem } from './field-name.ts';
import type { FormAssert, FormField, FormModel, Widget } from './form-definition.ts';
import { InvalidForm, ProblemList } from './invalid-form.ts';
import { depthOf, isRecord, optionalInteger } from './json-checks.ts';
import { orderFields } from './order-fields.ts';
import { readLayout, type LayoutReading } from './read-layout.ts';
import { readAsserts } from './read-rules.ts';
import { columnKeys, readTable, ROW_WORDS } from './read-table.ts';
import { checkTexts, readTexts } from './read-texts.ts';
import type { RuleNames } from './rule-names.ts';

const TOP_LEVEL = ['$schema', 'key', 'version', 'title', 'data', 'layout', 'i18n'];
const DATA = ['type', 'required', 'properties', 'additionalProperties', 'x-assert'];
const MAX_FIELDS = 300;
const MAX_DEPTH = 32;

const models = new WeakMap<object, FormModel>();

/**
 * Compiles a form definition. The model is frozen and kept for as long as the definition object lives, so asking again is free.
 * No schema is compiled here and nothing needs `eval`: the browser runs this function under its CSP.
 * Throws InvalidForm with every problem found.
 */
export function readForm(json: unknown): FormModel {
  const problems = new ProblemList();
  if (!isRecord(json)) {
    problems.add('', 'A form is a JSON object', 'See engine/forms/README.md for an example.');
    throw new InvalidForm(problems.problems);
  }
  const known = models.get(json);
  if (known) return known;
  if (depthOf(json, MAX_DEPTH) > MAX_DEPTH) {
    problems.add('', `The definition is nested deeper than ${MAX_DEPTH}`, 'Flatten the layout.');
    throw new InvalidForm(problems.problems);
  }
  const form = compileForm(json, problems);
  if (form === undefined || problems.problems.length > 0) throw new InvalidForm(problems.problems);
  const frozen = deepFreeze(form);
  models.set(json, frozen);
  return frozen;
}

function compileForm(json: Readonly<Record<string, unknown>>, problems: ProblemList): FormModel | undefined {
  const warnings = new ProblemList();
  refuseUnknown(json, '', TOP_LEVEL, problems);
  const { key, data } = json;
  if (json['$schema'] !== 'form/1')
    problems.add(
      '/$schema',
      `$schema must be "form/1", found ${JSON.stringify(json['$schema'])}`,
      'Write "$schema": "form/1".',
    );
  if (typeof key !== 'string' || !/^[A-Za-z][\w.-]{0,99}$/.test(key))
    problems.add('/key', 'key must be a short identifier', 'Write for example "check-set".');
  const version = optionalInteger(json['version'], '/version', problems, { from: 1, to: 1_000_000 });
  const title = readTitle(json['title'], { problems, warnings });
  if (!isRecord(data) || data['type'] !== 'object' || !isRecord(data['properties'])) {
    problems.add('/data', 'data must be {"type": "object", "properties": {…}}', 'Describe the fields there.');
    return undefined;
  }
  refuseUnknown(data, '/data', DATA, problems);
  if ('additionalProperties' in data && data['additionalProperties'] !== false)
    problems.add(
      '/data/additionalProperties',
      'additionalProperties may only be false',
      'Unknown keys are always dropped; remove it.',
    );
  const names = readNames(data['properties'], problems);
  const ruleNames: RuleNames = { fields: new Set(names), tables: columnKeys(data['properties']) };
  for (const word of ruleNames.tables.size > 0 ? ROW_WORDS.filter((word) => names.includes(word)) : []) {
    problems.add(
      `/data/properties/${word}`,
      `"${word}" has a meaning of its own in a form with a table`,
      'Give the field another name.',
    );
  }
  const layout = readLayout(json['layout'], ruleNames, problems);
  const fields = readFields(data, { names: ruleNames, layout, problems });
  const asserts = readAsserts(
    { schema: data, path: '/data', valuePath: '', names: ruleNames, problems },
    names.map((name) => `/${name}`),
  );
  const texts = readTexts(json['i18n'], problems);
  checkTexts(
    texts,
    {
      fields: fields.flatMap((field) => [field, ...(field.table?.columns ?? [])]),
      layout: layout.root,
      asserts: [...asserts, ...fields.flatMap(assertsOf)],
    },
    { problems, warnings },
  );
  for (const field of fields) {
    if (!layout.placed.includes(field.name))
      warnings.add(
        `/data/properties/${field.name}`,
        `The field "${field.name}" stands nowhere in the layout`,
        'Add a Control, or remove the field.',
      );
  }
  checkFieldNames(fields, problems);
  checkLookups(fields, problems);
  const sorted = orderFields(fields);
  if ('cycle' in sorted) {
    problems.add(
      `/data/properties/${sorted.cycle[0]!.replace('.', '/items/properties/')}`,
      `Rules depend on each other in a circle: ${sorted.cycle.join(' → ')}`,
      'Take one of these fields out of the other’s x-value, x-visible or x-readonly.',
    );
    return undefined;
  }
  return {
    key: String(key),
    ...(version !== undefined && { version }),
    title,
    fields,
    fieldsByName: new Map(fields.map((field) => [field.name, field])),
    evaluationOrder: sorted.steps,
    asserts,
    layout: layout.root,
    texts,
    warnings: warnings.problems,
  };
}

function readTitle(
  json: unknown,
  { problems, warnings }: { problems: ProblemList; warnings: ProblemList },
): FormModel['title'] {
  const title: Readonly<Record<string, unknown>> = isRecord(json) ? json : {};
  refuseUnknown(title, '/title', ['ru', 'en'], problems);
  const { ru, en } = title;
  if (typeof ru !== 'string' || ru === '')
    problems.add('/title/ru', 'The Russian title is missing', 'Write "title": {"ru": "…", "en": "…"}.');
  if (typeof en !== 'string')
    warnings.add('/title/en', 'The English title is missing', 'Until it is added the Russian one is shown.');
  return { ru: String(ru), ...(typeof en === 'string' && { en }) };
}

function readNames(properties: Readonly<Record<string, unknown>>, problems: ProblemList): readonly string[] {
  const names = Object.keys(properties);
  if (names.length === 0 || names.length > MAX_FIELDS)
    problems.add(
      '/data/properties',
      `A form has 1 to ${MAX_FIELDS} fields, found ${names.length}`,
      'Split it into several forms.',
    );
  for (const name of names) {
    const problem = nameProblem(name);
    if (problem === undefined) continue;
    problems.add(
      `/data/properties/${name}`,
      problem,
      'Use letters, digits and _, starting with a letter; words of FEEL (if, for, date …) are taken.',
    );
  }
  return names;
}

function assertsOf({ asserts, table }: FormField): readonly FormAssert[] {
  return [...asserts, ...(table?.columns ?? []).flatMap((column) => column.asserts), ...(table?.asserts ?? [])];
}

interface FieldsReading {
  readonly names: RuleNames;
  readonly layout: LayoutReading;
  readonly problems: ProblemList;
}

function readFields(
  data: Readonly<Record<string, unknown>>,
  { names, layout, problems }: FieldsReading,
): readonly FormField[] {
  const required = data['required'] ?? [];
  if (!Array.isArray(required) || !required.every((name) => names.fields.has(name as string)))
    problems.add('/data/required', 'required must list names of fields', `Fields are ${[...names.fields].join(', ')}.`);
  const properties = data['properties'] as Readonly<Record<string, unknown>>;
  const inLayoutOrder = [...new Set([...layout.placed, ...names.fields])];
  return inLayoutOrder.flatMap((name): readonly FormField[] => {
    const path = `/data/properties/${name}`;
    const schema = properties[name];
    if (!isRecord(schema)) {
      problems.add(path, 'A field is an object', 'Write {"type": "string"}.');
      return [];
    }
    const field = compileField({
      name,
      schema,
      path,
      widget: layout.widgets.get(name) as Widget | undefined,
      mustBeFilled: Array.isArray(required) && required.includes(name),
      within: layout.within.get(name) ?? [],
      names,
      problems,
    });
    if (field?.kind !== 'table') return field ? [field] : [];
    const options = layout.tables.get(name);
    return [{ ...field, table: readTable({ table: field, schema, path, names, options, problems }) }];
  });
}

/** Keywords that name another field must name one of the right kind. */
function checkFieldNames(fields: readonly FormField[], problems: ProblemList): void {
  for (const { name, bik } of fields) {
    if (bik === undefined || fields.some((field) => field.name === bik && field.kind === 'bik')) continue;
    problems.add(
      `/data/properties/${name}/x-bik`,
      `The form has no BIK field "${bik}"`,
      'Name a field with "format": "bik".',
    );
  }
}

function refuseUnknown(
  node: Readonly<Record<string, unknown>>,
  path: string,
  allowed: readonly string[],
  problems: ProblemList,
): void {
  for (const key of Object.keys(node)) {
    if (!allowed.includes(key)) problems.add(`${path}/${key}`, `Unknown key "${key}"`, `Use ${allowed.join(', ')}.`);
  }
}

/** Maps cannot be frozen; their type is read-only and nobody outside this file holds them before. Compiled expressions are frozen already. */
function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || value instanceof Map) return value;
  for (const child of Object.values(value)) deepFreeze(child);
  return Object.freeze(value);
}
