import type { JsonValue } from '../json.ts';
import { fileRulesOf, MAX_FILES } from './file-reference.ts';
import {
  WIDGETS_OF_KIND,
  type FieldKind,
  type FieldLimits,
  type FileRules,
  type FormField,
  type ReferenceSource,
  type Widget,
} from './form-definition.ts';
import type { ProblemList } from './invalid-form.ts';
import { isRecord, optionalInteger, optionalNumber } from './json-checks.ts';
import { maskProblem } from './serial-mask.ts';
import { portablePattern } from './portable-pattern.ts';

/** A field as `data.properties` describes it, before its rules are compiled. */
export type FieldShape = Omit<FormField, 'rules' | 'asserts' | 'required'>;

export const MAX_TEXT = 1_000;
export const MAX_TEXTAREA = 20_000;
/** Above this the uniqueness check of a list becomes measurable (reliability.md §3.2: 6,000 items took 3.1 s). */
export const MAX_ITEMS = 200;

const ANY = ['type', 'default', 'readOnly', 'x-id', 'x-visible', 'x-required', 'x-readonly', 'x-value', 'x-assert'];
const NUMBER = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'];
const KEYWORDS: { readonly [K in FieldKind]: readonly string[] } = {
  text: ['minLength', 'maxLength', 'pattern'],
  integer: NUMBER,
  decimal: NUMBER,
  money: ['format', ...NUMBER],
  date: ['format'],
  boolean: [],
  choice: ['enum', 'x-options'],
  choices: ['items', 'uniqueItems', 'x-options', 'minItems', 'maxItems'],
  phone: ['format'],
  email: ['format'],
  serial: ['format', 'x-mask'],
  reference: ['x-source'],
  files: ['x-files', 'minItems', 'maxItems'],
};

/** `format` decides the kind; what is not here is refused by name. */
const FORMATS: Readonly<Record<string, { readonly type: string; readonly kind: FieldKind }>> = {
  money: { type: 'integer', kind: 'money' },
  date: { type: 'string', kind: 'date' },
  phone: { type: 'string', kind: 'phone' },
  email: { type: 'string', kind: 'email' },
  serial: { type: 'string', kind: 'serial' },
};

interface FieldReading {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
  readonly path: string;
  readonly widget: Widget | undefined;
  readonly mustBeFilled: boolean;
  readonly problems: ProblemList;
}

/** Reads one property of `data`; adds every problem found and returns undefined when the kind cannot be told. */
export function readField(reading: FieldReading): FieldShape | undefined {
  const { name, schema, path, problems } = reading;
  const kind = kindOf(reading);
  if (kind === undefined) return undefined;
  for (const keyword of Object.keys(schema)) {
    if (ANY.includes(keyword) || KEYWORDS[kind].includes(keyword)) continue;
    problems.add(
      `${path}/${keyword}`,
      `Keyword "${keyword}" is not supported on a ${kind} field`,
      `Remove it. A ${kind} field takes ${[...KEYWORDS[kind], ...ANY].join(', ')}.`,
    );
  }
  const widget = widgetOf(reading, kind);
  const choices = readChoices(reading, kind);
  const mask = readMask(reading);
  const files = kind === 'files' ? readFiles(reading) : undefined;
  const source = kind === 'reference' ? readSource(reading) : undefined;
  const stableId = schema['x-id'];
  if (stableId !== undefined && typeof stableId !== 'string')
    problems.add(`${path}/x-id`, 'x-id must be a string', 'Give a short stable identity, for example "f_8Qz".');
  return {
    name,
    path: `/${name}`,
    kind,
    widget,
    limits: readLimits(reading, kind, widget),
    readOnly: readFlag(reading, 'readOnly'),
    ...(schema['default'] !== undefined && { defaultValue: schema['default'] as JsonValue }),
    ...(choices && { choices }),
    ...(mask !== undefined && { mask }),
    ...(files && { files }),
    ...(source && { source }),
    ...(typeof stableId === 'string' && { stableId }),
  };
}

function kindOf({ schema, path, problems }: FieldReading): FieldKind | undefined {
  const { type, format } = schema;
  if (typeof format === 'string') {
    const known = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
    if (known && known.type === type) return known.kind;
    if (known)
      problems.add(
        `${path}/format`,
        `Format "${format}" needs type "${known.type}", not ${JSON.stringify(type)}`,
        `Write "type": "${known.type}".`,
      );
    else
      problems.add(
        `${path}/format`,
        `Format "${format}" is not supported`,
        `Use one of ${Object.keys(FORMATS).join(', ')}.`,
      );
    return undefined;
  }
  if (type === undefined && Array.isArray(schema['enum'])) return 'choice';
  if (type === 'integer') return 'integer';
  if (type === 'number') return 'decimal';
  if (type === 'boolean') return 'boolean';
  if (type === 'string') {
    if ('x-source' in schema) return 'reference';
    return 'enum' in schema || 'x-options' in schema ? 'choice' : 'text';
  }
  if (type === 'array') {
    if ('x-files' in schema) return 'files';
    const items = schema['items'];
    if ('x-options' in schema || (isRecord(items) && 'enum' in items)) return 'choices';
    problems.add(
      path,
      'A table (an array of objects) is not supported yet',
      'Use x-files, or items with enum; tables come with a later release.',
    );
    return undefined;
  }
  problems.add(
    `${path}/type`,
    type === 'object' ? 'A nested object is not supported yet' : `Type ${JSON.stringify(type)} is not supported`,
    'Use string, integer, number, boolean or array; put the fields of an object side by side.',
  );
  return undefined;
}

function widgetOf({ widget, schema, path, mustBeFilled, problems }: FieldReading, kind: FieldKind): Widget {
  const widgets: readonly Widget[] = WIDGETS_OF_KIND[kind];
  if (widget !== undefined && widgets.includes(widget)) return widget;
  if (widget !== undefined)
    problems.add(path, `Widget "${widget}" cannot show a ${kind} field`, `Use one of ${widgets.join(', ')}.`);
  // An untouched checkbox cannot say "no", so a required answer is asked for with two buttons.
  if (kind === 'boolean' && (mustBeFilled || 'x-required' in schema)) return 'yes-no';
  return WIDGETS_OF_KIND[kind][0];
}

function readChoices({ schema, path, problems }: FieldReading, kind: FieldKind): readonly string[] | undefined {
  if (kind !== 'choice' && kind !== 'choices') return undefined;
  const items = schema['items'];
  const listed = kind === 'choice' ? schema['enum'] : isRecord(items) ? items['enum'] : undefined;
  const at = kind === 'choice' ? `${path}/enum` : `${path}/items/enum`;
  if (kind === 'choices' && isRecord(items)) {
    for (const keyword of Object.keys(items)) {
      if (keyword !== 'enum' && !(keyword === 'type' && items['type'] === 'string'))
        problems.add(
          `${path}/items/${keyword}`,
          `Keyword "${keyword}" is not supported in items`,
          'Items take "enum" and "type": "string".',
        );
    }
  }
  if (kind === 'choices' && schema['uniqueItems'] !== true)
    problems.add(`${path}/uniqueItems`, 'A list of choices must have "uniqueItems": true', 'Add it.');
  if (listed === undefined) return undefined;
  if ('x-options' in schema)
    problems.add(at, 'enum and x-options exclude each other', 'Keep the one that lists the options.');
  const good =
    Array.isArray(listed) &&
    listed.length > 0 &&
    listed.length <= MAX_ITEMS &&
    listed.every((value) => typeof value === 'string' && value !== '');
  if (!good || new Set(listed).size !== listed.length) {
    problems.add(
      at,
      `enum must list 1 to ${MAX_ITEMS} different non-empty strings`,
      'Use codes such as "shortage"; what people read goes to i18n.',
    );
    return [];
  }
  return listed as readonly string[];
}

function readMask({ schema, path, problems }: FieldReading): string | undefined {
  const mask = schema['x-mask'];
  if (mask === undefined) return undefined;
  const problem = maskProblem(mask);
  if (problem === undefined) return mask as string;
  problems.add(`${path}/x-mask`, problem, 'Write for example "AA-999999": A is a letter, 9 a digit, * either.');
  return undefined;
}

function readFiles({ schema, path, problems }: FieldReading): FileRules {
  return fileRulesOf(schema['x-files'], `${path}/x-files`, problems);
}

function readSource({ schema, path, problems }: FieldReading): ReferenceSource | undefined {
  const source = schema['x-source'];
  const catalog = isRecord(source) ? source['catalog'] : undefined;
  if (!isRecord(source) || (catalog !== 'users' && catalog !== 'groups')) {
    problems.add(
      `${path}/x-source`,
      `Catalog ${JSON.stringify(catalog)} is not available`,
      'Use "users" or "groups"; registers come with a later release, until then use a text field.',
    );
    return undefined;
  }
  for (const keyword of Object.keys(source)) {
    if (keyword !== 'catalog' && keyword !== 'group')
      problems.add(
        `${path}/x-source/${keyword}`,
        `"${keyword}" is not supported in x-source`,
        'x-source takes "catalog" and "group".',
      );
  }
  const group = source['group'];
  if (group === undefined) return { catalog };
  if (catalog === 'users' && typeof group === 'string' && group !== '') return { catalog, group };
  problems.add(
    `${path}/x-source/group`,
    'group must be the name of a group and needs the catalog "users"',
    'Write {"catalog": "users", "group": "claims"}.',
  );
  return { catalog };
}

function readFlag({ schema, path, problems }: FieldReading, keyword: string): boolean {
  const value = schema[keyword];
  if (value !== undefined && typeof value !== 'boolean')
    problems.add(`${path}/${keyword}`, `${keyword} must be true or false`, 'A condition is written in x-readonly.');
  return value === true;
}

function readLimits(reading: FieldReading, kind: FieldKind, widget: Widget): FieldLimits {
  const { schema, path, problems } = reading;
  const limits: { -readonly [K in keyof FieldLimits]: FieldLimits[K] } = {};
  if (kind === 'text') {
    const ceiling = widget === 'textarea' ? MAX_TEXTAREA : MAX_TEXT;
    limits.minLength = optionalInteger(schema['minLength'], `${path}/minLength`, problems, {
      from: 0,
      to: MAX_TEXTAREA,
    });
    limits.maxLength =
      optionalInteger(schema['maxLength'], `${path}/maxLength`, problems, { from: 1, to: MAX_TEXTAREA }) ?? ceiling;
    const { pattern } = schema;
    const portable = typeof pattern === 'string' ? portablePattern(pattern) : undefined;
    if (portable?.ok) limits.pattern = portable.pattern;
    else if (pattern !== undefined)
      problems.add(
        `${path}/pattern`,
        `The pattern cannot be used: ${portable?.reason ?? 'it is not a string'}`,
        'Rewrite it in RE2 syntax, without look-around and back-references.',
      );
  }
  if (kind === 'integer' || kind === 'decimal' || kind === 'money') {
    for (const keyword of ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'] as const) {
      limits[keyword] = optionalNumber(schema[keyword], `${path}/${keyword}`, problems);
    }
    if (limits.multipleOf !== undefined && limits.multipleOf <= 0)
      problems.add(`${path}/multipleOf`, 'multipleOf must be greater than 0', 'Write for example 0.01.');
  }
  if (kind === 'choices' || kind === 'files') {
    const most = kind === 'files' ? MAX_FILES : MAX_ITEMS;
    limits.minItems = optionalInteger(schema['minItems'], `${path}/minItems`, problems, { from: 0, to: most });
    limits.maxItems =
      optionalInteger(schema['maxItems'], `${path}/maxItems`, problems, { from: 1, to: most }) ??
      (kind === 'files' ? 20 : MAX_ITEMS);
  }
  for (const keyword of Object.keys(limits) as (keyof FieldLimits)[])
    if (limits[keyword] === undefined) delete limits[keyword];
  return limits;
}
