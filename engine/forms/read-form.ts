import { ExpressionSyntaxError } from '../expressions/expression-syntax-error.ts';
import { compileFeel, variablesOf } from '../expressions/expression.ts';
import { checkLookups } from './check-lookups.ts';
import { defaultProblem } from './default-value.ts';
import type { FormField, FormModel, Widget } from './form-definition.ts';
import { InvalidForm, ProblemList } from './invalid-form.ts';
import { depthOf, isRecord, optionalInteger } from './json-checks.ts';
import { orderFields } from './order-fields.ts';
import { readField } from './read-field.ts';
import { readLayout, type LayoutReading } from './read-layout.ts';
import { readAsserts, readRules } from './read-rules.ts';
import { checkTexts, readTexts } from './read-texts.ts';

const TOP_LEVEL = ['$schema', 'key', 'version', 'title', 'data', 'layout', 'i18n'];
const DATA = ['type', 'required', 'properties', 'additionalProperties', 'x-assert'];
const FIELD_NAME = /^[A-Za-z_А-Яа-яЁё][\wА-Яа-яЁё]{0,63}$/;
/** Legal as identifiers and yet never a field: they reach into the prototype of whatever object they are put in. */
const FORBIDDEN_NAMES = ['__proto__', 'constructor', 'prototype'];
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
  const layout = readLayout(json['layout'], names, problems);
  const fields = readFields(data, { names, layout, problems });
  const asserts = readAsserts({ schema: data, path: '/data', valuePath: '', names: new Set(names), problems });
  const texts = readTexts(json['i18n'], problems);
  checkTexts(
    texts,
    { fields, layout: layout.root, asserts: [...asserts, ...fields.flatMap((field) => field.asserts)] },
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
      `/data/properties/${sorted.cycle[0]}`,
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
    evaluationOrder: sorted.order,
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
    if (FIELD_NAME.test(name) && !FORBIDDEN_NAMES.includes(name) && isFeelName(name)) continue;
    problems.add(
      `/data/properties/${name}`,
      `"${name}" cannot be the name of a field`,
      'Use letters, digits and _, starting with a letter; words of FEEL (if, for, date …) are taken.',
    );
  }
  return names;
}

/** A rule must be able to read the field: the name alone must parse as FEEL and mean this variable. */
function isFeelName(name: string): boolean {
  try {
    const variables = variablesOf(compileFeel(name));
    return variables.length === 1 && variables[0] === name;
  } catch (error) {
    if (error instanceof ExpressionSyntaxError) return false;
    throw error;
  }
}

interface FieldsReading {
  readonly names: readonly string[];
  readonly layout: LayoutReading;
  readonly problems: ProblemList;
}

function readFields(
  data: Readonly<Record<string, unknown>>,
  { names, layout, problems }: FieldsReading,
): readonly FormField[] {
  const required = data['required'] ?? [];
  if (!Array.isArray(required) || !required.every((name) => names.includes(name as string)))
    problems.add('/data/required', 'required must list names of fields', `Fields are ${names.join(', ')}.`);
  const mustBeFilled = (name: string): boolean => Array.isArray(required) && required.includes(name);
  const properties = data['properties'] as Readonly<Record<string, unknown>>;
  const nameSet = new Set(names);
  const inLayoutOrder = [...new Set([...layout.placed, ...names])];
  return inLayoutOrder.flatMap((name): readonly FormField[] => {
    const path = `/data/properties/${name}`;
    const schema = properties[name];
    if (!isRecord(schema)) {
      problems.add(path, 'A field is an object', 'Write {"type": "string"}.');
      return [];
    }
    const widget = layout.widgets.get(name) as Widget | undefined;
    const shape = readField({ name, schema, path, widget, mustBeFilled: mustBeFilled(name), problems });
    if (shape === undefined) return [];
    const reading = { schema, path, valuePath: `/${name}`, names: nameSet, problems };
    const field: FormField = {
      ...shape,
      required: mustBeFilled(name),
      rules: readRules(reading),
      asserts: readAsserts(reading),
    };
    const problem = defaultProblem(field);
    if (problem !== undefined)
      problems.add(`${path}/default`, problem, 'Give a value the field itself would accept, or remove the default.');
    return [field];
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
