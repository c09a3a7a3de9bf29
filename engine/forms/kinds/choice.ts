import { CHOOSE, oneOf, readChoices } from './choice-list.ts';
import { isText, type KindDefinition } from './kind-definition.ts';

/** One of a list. */
export const choice: KindDefinition = {
  kind: 'choice',
  type: 'string',
  widgets: ['select', 'radio', 'actions'],
  keywords: { enum: { value: 'texts' }, 'x-options': { value: 'feel' } },
  fragment: { type: 'string', enum: ['option1'] },
  read: (reading) => readChoices(reading, reading.schema['enum'], `${reading.path}/enum`),
  schema: ({ choices }) => oneOf(choices),
  stores: isText,
  words: CHOOSE,
};
