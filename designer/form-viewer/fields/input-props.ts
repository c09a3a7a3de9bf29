import type { FieldBinding } from '../form-context.ts';

/**
 * What every Mantine input of a form has in common. Mantine links label, help and error to the input by id and sets aria-invalid;
 * `required` draws the mark. The error stands last, next to where the eye is after typing.
 */
export function inputProps({ inputId, label, help, error, required, leave }: FieldBinding) {
  return {
    id: inputId,
    label,
    description: help,
    error,
    required,
    'aria-required': required,
    onBlur: leave,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    errorProps: { 'aria-live': 'polite' as const },
  };
}
