import { BOOLEAN_TYPE, enumType, listType, NUMBER_TYPE, STRING_TYPE, type StaticType } from '#engine';
import type { ConditionField } from './condition-model.ts';

/** What the FEEL editor is told of a field that lines speak of. */
export function conditionType({ kind, choices }: Pick<ConditionField, 'kind' | 'choices'>): StaticType {
  const text = choices === undefined ? STRING_TYPE : enumType(choices.map(({ value }) => value));
  switch (kind) {
    case 'number':
    case 'money':
      return NUMBER_TYPE;
    case 'boolean':
      return BOOLEAN_TYPE;
    // Without choices it may hold files or rows.
    case 'list':
      return choices === undefined ? 'any' : listType(text);
    case 'choice':
      return text;
    case 'date':
    case 'text':
      return STRING_TYPE;
  }
}
