import type { FieldKind, Widget } from '../form-definition.ts';
import { isText, type KindDefinition } from './kind-definition.ts';
import { shortText } from './limits.ts';

/** What Russian requisites have in common: a text without the blanks and dashes people copy along. The checks are those of FEEL. */
export function requisite<K extends FieldKind & Widget>(
  kind: K,
  own: Pick<KindDefinition, 'fault' | 'words'> & Partial<KindDefinition>,
): KindDefinition {
  return {
    kind,
    type: 'string',
    format: kind,
    widgets: [kind],
    keywords: {},
    fragment: { type: 'string', format: kind },
    schema: shortText,
    stores: isText,
    normalise: (value) => (isText(value) ? plainRequisite(value) : value),
    ...own,
  };
}

function plainRequisite(text: string): string {
  return text.replace(/[\s\u00a0\u2010-\u2015\-.]/g, '').toUpperCase();
}

export const digitCount = (text: string): number => text.replace(/\D/g, '').length;
