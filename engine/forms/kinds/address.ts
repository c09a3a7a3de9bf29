import { isText, type KindDefinition } from './kind-definition.ts';

const MAX_ADDRESS = 500;

/** One free text, as it would stand on an envelope. */
export const address: KindDefinition = {
  kind: 'address',
  type: 'string',
  format: 'address',
  widgets: ['address'],
  keywords: {},
  fragment: { type: 'string', format: 'address' },
  schema: () => ({ type: 'string', maxLength: MAX_ADDRESS }),
  stores: isText,
  normalise: (value) => (isText(value) ? value.replace(/[ \t\u00a0]+/g, ' ').replace(/ *\n+ */g, '\n') : value),
};
