import { enumOptions, type FieldOption } from '#engine';
import { useMemo } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';

/** The options of a choice: those a rule gives, those of `enum`, or yes and no. */
export function useOptions({ field, options }: Pick<FieldBinding, 'field' | 'options'>): readonly FieldOption[] {
  const { form, language } = useForm();
  const text = useViewerText();
  const fixed = useMemo(() => enumOptions(form, field, language), [form, field, language]);
  if (field.kind !== 'boolean') return options ?? fixed;
  return [
    { value: 'true', label: text('yes') },
    { value: 'false', label: text('no') },
  ];
}
