import { isRecord } from '../json-checks.ts';

type Json = Readonly<Record<string, unknown>>;

/** A field or column as written, by what it is known. */
export interface FieldPart {
  readonly name: string;
  /** `x-id` where there is one: a field that is renamed stays the same field. Of a column behind that of its table. */
  readonly identity: string;
  /** The same in a definition where nothing had an `x-id` yet: the editor writes the old name down as one when it renames. */
  readonly formerIdentity: string;
  readonly schema: Json;
  readonly required: boolean;
  readonly options: readonly string[];
}

/** The parts of a definition `form/1` that a comparison looks at. Reads what is there; an unfinished draft will do. */
export function fieldParts(definition: Json): readonly FieldPart[] {
  const data = isRecord(definition['data']) ? definition['data'] : {};
  return partsOf(data, { name: '', identity: '', formerIdentity: '' });
}

function partsOf(object: Json, above: Pick<FieldPart, 'name' | 'identity' | 'formerIdentity'>): readonly FieldPart[] {
  const properties = isRecord(object['properties']) ? object['properties'] : {};
  const required = Array.isArray(object['required']) ? object['required'] : [];
  return Object.entries(properties).flatMap(([key, schema]): readonly FieldPart[] => {
    if (!isRecord(schema)) return [];
    const name = above.name + key;
    const id = schema['x-id'];
    const items = isRecord(schema['items']) ? schema['items'] : undefined;
    const part: FieldPart = {
      name,
      identity: above.identity + (typeof id === 'string' ? `#${id}` : key),
      formerIdentity: above.formerIdentity + (typeof id === 'string' ? id : key),
      schema,
      required: required.includes(key),
      options: [...textsIn(schema['enum']), ...textsIn(items?.['enum'])],
    };
    if (items === undefined || !isRecord(items['properties'])) return [part];
    const inside = { name: `${name}.`, identity: `${part.identity}.`, formerIdentity: `${part.formerIdentity}.` };
    return [part, ...partsOf(items, inside)];
  });
}

/** Where each field stands: the groups above it by their titles' keys, and its place among its neighbours. */
export function placesOf(definition: Json): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  const walk = (node: unknown, above: string): void => {
    if (!isRecord(node)) return;
    const scope = node['scope'];
    if (typeof scope === 'string') places.set(scope.replace(/^#\/properties\//u, ''), above);
    const i18n = typeof node['i18n'] === 'string' ? node['i18n'] : '';
    const here = node['type'] === 'VerticalLayout' ? above : `${above}/${String(node['type'])}:${i18n}`;
    for (const child of Array.isArray(node['elements']) ? node['elements'] : []) walk(child, here);
  };
  walk(definition['layout'], '');
  return places;
}

/** What the value is, whatever it is asked with. */
export function valueKindOf({ schema }: FieldPart): string {
  const { type, format } = schema;
  if ('x-files' in schema) return 'files';
  if ('x-source' in schema) return `reference:${JSON.stringify(schema['x-source'])}`;
  const items = isRecord(schema['items']) ? schema['items'] : undefined;
  const base = type === undefined && 'enum' in schema ? 'string' : String(type);
  return [
    base,
    ...(typeof format === 'string' ? [format] : []),
    ...(items ? [isRecord(items['properties']) ? 'table' : 'list'] : []),
  ].join(' ');
}

export function written(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function textsIn(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
}
