import {
  accessTo,
  fieldLabel,
  fieldNamed,
  type FormField,
  type FormLanguage,
  type FormModel,
  type TaskBinding,
} from '#engine';
import { mayBeWritten } from './access-map.ts';

/** Something about the fields of a step that its author may not have meant. */
export interface BindingWarning {
  readonly kind: 'unknownField' | 'requiredNotWritable' | 'requiredHidden' | 'requiredByCondition' | 'formRequires';
  readonly name: string;
  readonly label: string;
  /** FEEL of the rule, where one is the reason. */
  readonly rule?: string;
}

export function bindingWarnings(
  form: FormModel,
  binding: TaskBinding,
  language: FormLanguage,
): readonly BindingWarning[] {
  const { readable = [], writable = [], requiredHere = [] } = binding;
  const unknown = [...new Set([...readable, ...writable, ...requiredHere])].filter((name) => !fieldNamed(form, name));
  return [
    ...unknown.map((name): BindingWarning => ({ kind: 'unknownField', name, label: name })),
    ...requiredHere.flatMap((name) => {
      const field = fieldNamed(form, name);
      return field ? (aboutRequired(field, binding) ?? []).map((one) => told(one, form, field, language)) : [];
    }),
    ...form.fields
      .filter((field) => field.required && !field.table && !accessTo(field, binding).writable)
      .filter((field) => !requiredHere.includes(field.name))
      .map((field) => told({ kind: 'formRequires' }, form, field, language)),
  ];
}

/** The binding without what the form does not have or nobody can fill, and with what must be filled open to be filled. */
export function mended(form: FormModel, binding: TaskBinding): TaskBinding {
  const required = (binding.requiredHere ?? []).filter((name) => {
    const field = fieldNamed(form, name);
    return field !== undefined && mayBeWritten(field);
  });
  const shut = required.filter((name) => !accessTo(fieldNamed(form, name)!, binding).writable);
  const known = (names: readonly string[] | undefined, more: readonly string[] = []): readonly string[] | undefined =>
    names && [...new Set([...names.filter((name) => fieldNamed(form, name)), ...more])];
  const readable = known(binding.readable, binding.writable === undefined ? shut : []);
  const writable = known(binding.writable, shut);
  return {
    ...(readable && { readable }),
    ...(writable && { writable }),
    ...(required.length > 0 && { requiredHere: required }),
  };
}

type Bare = Pick<BindingWarning, 'kind' | 'rule'>;

function aboutRequired(field: FormField, binding: TaskBinding): readonly Bare[] {
  const access = accessTo(field, binding);
  if (!access.readable) return [{ kind: 'requiredHidden' }];
  if (!access.writable) return [{ kind: 'requiredNotWritable' }];
  const condition = field.rules.visible ?? field.within?.[0];
  return condition ? [{ kind: 'requiredByCondition', rule: condition.expression.text }] : [];
}

function told(bare: Bare, form: FormModel, field: FormField, language: FormLanguage): BindingWarning {
  return { ...bare, name: field.name, label: fieldLabel(form, language, field) };
}
