import { optionalInteger } from '../json-checks.ts';
import { portablePattern } from '../portable-pattern.ts';
import type { FieldLimits } from '../form-definition.ts';
import { isText, type FieldReading, type KindDefinition } from './kind-definition.ts';
import { MAX_TEXT, MAX_TEXTAREA } from './limits.ts';

export const text: KindDefinition = {
  kind: 'text',
  type: 'string',
  widgets: ['text', 'textarea'],
  keywords: {
    minLength: { value: 'integer', minimum: 0, maximum: MAX_TEXTAREA },
    maxLength: { value: 'integer', minimum: 1, maximum: MAX_TEXTAREA },
    pattern: { value: 'pattern' },
  },
  fragment: { type: 'string' },
  read: (reading, widget) => ({ limits: readTextLimits(reading, widget === 'textarea' ? MAX_TEXTAREA : MAX_TEXT) }),
  schema: ({ limits }) => ({ type: 'string', ...limits }),
  stores: isText,
};

function readTextLimits({ schema, path, problems }: FieldReading, ceiling: number): FieldLimits {
  const minLength = optionalInteger(schema['minLength'], `${path}/minLength`, problems, { from: 0, to: MAX_TEXTAREA });
  const maxLength = optionalInteger(schema['maxLength'], `${path}/maxLength`, problems, { from: 1, to: MAX_TEXTAREA });
  const { pattern } = schema;
  const portable = typeof pattern === 'string' ? portablePattern(pattern) : undefined;
  if (pattern !== undefined && !portable?.ok)
    problems.add(
      `${path}/pattern`,
      `The pattern cannot be used: ${portable?.reason ?? 'it is not a string'}`,
      'Rewrite it in RE2 syntax, without look-around and back-references.',
    );
  return {
    ...(minLength !== undefined && { minLength }),
    maxLength: maxLength ?? ceiling,
    ...(portable?.ok && { pattern: portable.pattern }),
  };
}
