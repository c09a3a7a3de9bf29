import { isText, type FieldReading, type KindDefinition } from './kind-definition.ts';
import { MAX_TEXTAREA } from './limits.ts';

/** Rich text from elsewhere (a mail, a service), shown through an allow-list. It is never asked for: nobody types HTML. */
export const html: KindDefinition = {
  kind: 'html',
  type: 'string',
  format: 'html',
  widgets: ['rich-text'],
  keywords: {},
  fragment: { type: 'string', format: 'html', readOnly: true },
  read: refuseInput,
  schema: () => ({ type: 'string', maxLength: MAX_TEXTAREA * 10 }),
  stores: isText,
};

function refuseInput({ schema, path, problems }: FieldReading): Record<never, never> {
  if (schema['readOnly'] !== true && !('x-value' in schema))
    problems.add(
      `${path}/readOnly`,
      'An html field is only shown',
      'Write "readOnly": true, or format "markdown" for a text people write.',
    );
  return {};
}
