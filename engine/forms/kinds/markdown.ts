import { isText, type KindDefinition } from './kind-definition.ts';
import { MAX_TEXTAREA } from './limits.ts';

/** A longer text with headings, lists and links, written in a small Markdown and shown formatted. */
export const markdown: KindDefinition = {
  kind: 'markdown',
  type: 'string',
  format: 'markdown',
  widgets: ['markdown'],
  keywords: {},
  fragment: { type: 'string', format: 'markdown' },
  schema: () => ({ type: 'string', maxLength: MAX_TEXTAREA }),
  stores: isText,
};
