import type { JsonValue } from '../json.ts';
import type { Widget } from './form-definition.ts';
import { isRecord } from './json-checks.ts';
import { COMMON_KEYWORDS, KIND_OF_FORMAT, kindOf } from './kinds/field-kinds.ts';
import type { FieldReading, FieldShape, KindDefinition } from './kinds/kind-definition.ts';

/** Reads one property of `data`; adds every problem found and returns undefined when the kind cannot be told. */
export function readField(reading: FieldReading): FieldShape | undefined {
  const { name, schema, path, problems } = reading;
  const definition = definitionOf(reading);
  if (definition === undefined) return undefined;
  const { kind, keywords, read } = definition;
  const allowed = ['type', 'format', ...Object.keys(keywords), ...Object.keys(COMMON_KEYWORDS)];
  for (const keyword of Object.keys(schema)) {
    if (!allowed.includes(keyword))
      problems.add(
        `${path}/${keyword}`,
        `Keyword "${keyword}" is not supported on a ${kind} field`,
        `Remove it. A ${kind} field takes ${allowed.join(', ')}.`,
      );
  }
  const widget = widgetOf(reading, definition);
  const stableId = schema['x-id'];
  if (stableId !== undefined && typeof stableId !== 'string')
    problems.add(`${path}/x-id`, 'x-id must be a string', 'Give a short stable identity, for example "f_8Qz".');
  return {
    name,
    path: `/${name}`,
    kind,
    widget,
    limits: {},
    readOnly: readFlag(reading, 'readOnly'),
    ...(schema['default'] !== undefined && { defaultValue: schema['default'] as JsonValue }),
    ...(typeof stableId === 'string' && { stableId }),
    ...read?.(reading, widget),
  };
}

function definitionOf({ schema, path, problems }: FieldReading): KindDefinition | undefined {
  const { type, format } = schema;
  if (typeof format === 'string') {
    const known = KIND_OF_FORMAT.get(format);
    if (known && known.type === type) return known;
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
        `Use one of ${[...KIND_OF_FORMAT.keys()].join(', ')}.`,
      );
    return undefined;
  }
  if (format !== undefined) {
    problems.add(`${path}/format`, 'format must be a string', `Use one of ${[...KIND_OF_FORMAT.keys()].join(', ')}.`);
    return undefined;
  }
  const kind = kindWithoutFormat(schema);
  if (kind !== undefined) return kindOf({ kind });
  if (type === 'array')
    problems.add(
      path,
      'A list needs x-files, items with enum, or items of type object',
      'Write "items": {"type": "object", "properties": {…}} for a table.',
    );
  else
    problems.add(
      `${path}/type`,
      type === 'object' ? 'A nested object is not supported yet' : `Type ${JSON.stringify(type)} is not supported`,
      'Use string, integer, number, boolean or array; put the fields of an object side by side.',
    );
  return undefined;
}

function kindWithoutFormat(schema: FieldReading['schema']): KindDefinition['kind'] | undefined {
  switch (schema['type']) {
    case undefined:
      return Array.isArray(schema['enum']) ? 'choice' : undefined;
    case 'integer':
      return 'integer';
    case 'number':
      return 'decimal';
    case 'boolean':
      return 'boolean';
    case 'string':
      if ('x-source' in schema) return 'reference';
      return 'enum' in schema || 'x-options' in schema ? 'choice' : 'text';
    case 'array': {
      const { items, 'x-files': files } = schema;
      if (files !== undefined) return isRecord(files) && files['kind'] === 'signature' ? 'signature' : 'files';
      if ('x-options' in schema || (isRecord(items) && 'enum' in items)) return 'choices';
      return isRecord(items) && items['type'] === 'object' ? 'table' : undefined;
    }
    default:
      return undefined;
  }
}

function widgetOf({ widget, schema, path, mustBeFilled, problems }: FieldReading, definition: KindDefinition): Widget {
  const { kind, widgets } = definition;
  if (widget !== undefined && widgets.includes(widget)) return widget;
  if (widget !== undefined)
    problems.add(path, `Widget "${widget}" cannot show a ${kind} field`, `Use one of ${widgets.join(', ')}.`);
  // An untouched checkbox cannot say "no", so a required answer is asked for with two buttons.
  if (kind === 'boolean' && (mustBeFilled || 'x-required' in schema)) return 'yes-no';
  return widgets[0];
}

function readFlag({ schema, path, problems }: FieldReading, keyword: string): boolean {
  const value = schema[keyword];
  if (value !== undefined && typeof value !== 'boolean')
    problems.add(`${path}/${keyword}`, `${keyword} must be true or false`, 'A condition is written in x-readonly.');
  return value === true;
}
