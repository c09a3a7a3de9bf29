import { enumOptions, type FieldOption, type FormField, type FormLanguage, type FormModel } from '#engine';
import { useMemo } from 'react';
import { useForm, useViewerText, type FieldBinding } from '../form-context.ts';
import { viewerText } from '../texts.ts';

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

/** The same where no rule decides: what a column offers in every row. */
export function optionsOf(form: FormModel, field: FormField, language: FormLanguage): readonly FieldOption[] {
  if (field.kind !== 'boolean') return enumOptions(form, field, language);
  return [
    { value: 'true', label: viewerText(language, 'yes') },
    { value: 'false', label: viewerText(language, 'no') },
  ];
}
