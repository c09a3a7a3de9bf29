import { isRecord } from '../json-checks.ts';
import { CHOOSE, oneOf, readChoices } from './choice-list.ts';
import type { FieldReading, FieldShape, KindDefinition } from './kind-definition.ts';
import { itemKeywords, MAX_ITEMS, readItemLimits } from './limits.ts';

/** Some of a list. */
export const choices: KindDefinition = {
  kind: 'choices',
  type: 'array',
  widgets: ['multiselect', 'checklist'],
  keywords: {
    items: { value: 'object', members: { type: { value: 'fixed', is: 'string' }, enum: { value: 'texts' } } },
    uniqueItems: { value: 'fixed', is: true },
    'x-options': { value: 'feel' },
    ...itemKeywords(MAX_ITEMS),
  },
  fragment: { type: 'array', items: { enum: ['option1'] }, uniqueItems: true },
  read: readList,
  schema: (field) => ({ type: 'array', uniqueItems: true, ...field.limits, items: oneOf(field.choices) }),
  stores: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  words: CHOOSE,
};

function readList(reading: FieldReading): Partial<FieldShape> {
  const { schema, path, problems } = reading;
  const items = isRecord(schema['items']) ? schema['items'] : {};
  for (const keyword of Object.keys(items)) {
    if (keyword !== 'enum' && !(keyword === 'type' && items['type'] === 'string'))
      problems.add(
        `${path}/items/${keyword}`,
        `Keyword "${keyword}" is not supported in items`,
        'Items take "enum" and "type": "string".',
      );
  }
  if (schema['uniqueItems'] !== true)
    problems.add(`${path}/uniqueItems`, 'A list of choices must have "uniqueItems": true', 'Add it.');
  return {
    ...readChoices(reading, items['enum'], `${path}/items/enum`),
    limits: readItemLimits(reading, { most: MAX_ITEMS, usual: MAX_ITEMS }),
  };
}
