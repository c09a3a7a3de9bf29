import { isRecord } from '../json-checks.ts';
import { feelLiteral } from './form-draft.ts';

const COMPARISONS = [
  ['minimum', '>='],
  ['maximum', '<='],
  ['exclusiveMinimum', '>'],
  ['exclusiveMaximum', '<'],
] as const;

/**
 * A schema that is used as a question (`{"properties": {"kind": {"const": "b2c"}}}`) as FEEL; undefined when it asks
 * something that FEEL would answer otherwise.
 */
export function conditionOf(
  schema: Readonly<Record<string, unknown>>,
  fieldOf: (name: string) => string | undefined,
): string | undefined {
  const { properties, required, type, ...others } = schema;
  if (Object.keys(others).length > 0 || (type !== undefined && type !== 'object')) return undefined;
  const parts: (string | undefined)[] = [];
  for (const [name, test] of Object.entries(isRecord(properties) ? properties : {})) {
    const field = fieldOf(name);
    parts.push(field === undefined || !isRecord(test) ? undefined : valueCondition(field, test));
  }
  for (const name of Array.isArray(required) ? required : []) {
    const field = fieldOf(String(name));
    const asked = isRecord(properties) && Object.hasOwn(properties, String(name));
    if (!asked) parts.push(field === undefined ? undefined : `${field} != null`);
  }
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  return parts.join(' and ');
}

/** A schema of one value as a test of a field. */
export function valueCondition(field: string, test: Readonly<Record<string, unknown>>): string | undefined {
  const { type: _type, title: _title, ...asked } = test;
  const keys = Object.keys(asked);
  if ('const' in asked && keys.length === 1) {
    const literal = feelLiteral(asked['const']);
    return literal === undefined ? undefined : `${field} = ${literal}`;
  }
  if (Array.isArray(asked['enum']) && keys.length === 1) {
    const literals = asked['enum'].map(feelLiteral);
    if (literals.length === 0 || literals.includes(undefined)) return undefined;
    return literals.length === 1 ? `${field} = ${literals[0]}` : `list contains([${literals.join(', ')}], ${field})`;
  }
  if (isRecord(asked['not']) && keys.length === 1) {
    const inner = valueCondition(field, asked['not']);
    return inner === undefined ? undefined : `not(${inner})`;
  }
  if (asked['minLength'] === 1 && keys.length === 1) return `${field} != null`;
  const comparisons = COMPARISONS.filter(([keyword]) => typeof asked[keyword] === 'number');
  if (comparisons.length === 0 || comparisons.length !== keys.length) return undefined;
  return comparisons.map(([keyword, operator]) => `${field} ${operator} ${asked[keyword] as number}`).join(' and ');
}
