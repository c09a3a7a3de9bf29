import { isRecord } from '../json-checks.ts';
import type { ExchangeNotes } from './exchange-note.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** Conditions gathered out of `allOf`, under a name that no schema has. */
export const CONDITIONS = 'allOf-if';
const MAX_REFERENCES = 12;

interface Place {
  readonly notes: ExchangeNotes;
  /** The whole schema, in which references are looked up. */
  readonly root: Schema;
  /** JSON pointer of the schema that is read. */
  readonly path: string;
}

/** The schema with its `$ref` followed and its `allOf` put together. */
export function mergeSchema(schema: Schema, place: Place, seen: readonly string[] = []): Schema {
  let result = schema;
  const { $ref } = schema;
  if (typeof $ref === 'string') {
    const target = seen.includes($ref) || seen.length > MAX_REFERENCES ? undefined : resolve(place.root, $ref);
    if (target === undefined) {
      place.notes.lost(`${place.path}/$ref`, {
        ru: `Ссылка «${$ref}» ведёт в другой файл, по кругу или в никуда.`,
        en: `The reference "${$ref}" leads to another file, in a circle or nowhere.`,
      });
      return omit(schema, ['$ref']);
    }
    result = { ...mergeSchema(target, place, [...seen, $ref]), ...omit(schema, ['$ref']) };
  }
  const { allOf } = result;
  if (!Array.isArray(allOf)) return result;
  const conditions: Schema[] = [];
  let joined = omit(result, ['allOf']);
  for (const part of allOf) {
    if (!isRecord(part)) continue;
    if ('if' in part) {
      conditions.push(part);
      continue;
    }
    const one = mergeSchema(part, place, seen);
    joined = {
      ...joined,
      ...one,
      ...(isRecord(joined['properties']) && {
        properties: { ...joined['properties'], ...(one['properties'] as object) },
      }),
      ...(Array.isArray(joined['required']) && {
        required: [...(joined['required'] as unknown[]), ...((one['required'] as unknown[] | undefined) ?? [])],
      }),
    };
  }
  return { ...joined, ...(conditions.length > 0 && { [CONDITIONS]: conditions }) };
}

function resolve(root: Schema, reference: string): Schema | undefined {
  if (!reference.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const part of reference.slice(1).split('/').filter(Boolean)) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = isRecord(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }
  return isRecord(at) ? at : undefined;
}

function omit(schema: Schema, keywords: readonly string[]): Schema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keywords.includes(key)));
}
