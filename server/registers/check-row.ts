import {
  compileValidator,
  evaluateForm,
  fieldLabel,
  initialValues,
  type RegisterModel,
  type VariableMap,
} from '#engine';
import type { Language } from '#contract';
import type { InputError } from '../http/refused.ts';
import type { Definitions } from '../runtime/definitions.ts';

export interface RowInput {
  readonly input: unknown;
  /** The row as it is; what is not sent stays. Absent for a new one, which then gets the defaults of the definition. */
  readonly stored?: VariableMap;
}

export interface RowSurroundings {
  readonly definitions: Pick<Definitions, 'zone' | 'calendars'>;
  readonly language: Language;
  readonly now: number;
}

const MAX_KEY = 100;

/** The values of a row as they would be stored, and what is wrong with them: the same pipeline as for a form of a task. */
export function checkRow(
  register: RegisterModel,
  { input, stored }: RowInput,
  { definitions, language, now }: RowSurroundings,
): { readonly values: VariableMap; readonly errors: readonly InputError[] } {
  const { form, keyField } = register;
  const { data, errors } = evaluateForm({
    form,
    binding: {},
    stored: stored ?? initialValues(form, {}, {}),
    context: {},
    input,
    mode: 'submit',
    validate: compileValidator(form),
    language,
    now,
    zone: definitions.zone,
    calendars: definitions.calendars,
  });
  const rowKey = data[keyField];
  const label = fieldLabel(form, language, form.fieldsByName.get(keyField)!);
  const broken = errors.length === 0 ? keyProblem(rowKey, language) : undefined;
  if (broken === undefined) return { values: data, errors };
  const message = language === 'ru' ? `«${label}»: ${broken}.` : `“${label}”: ${broken}.`;
  return { values: data, errors: [{ path: `/${keyField}`, keyword: 'key', params: {}, message }] };
}

/** A key stands in addresses and in variables of processes, so it is short and has nothing that cannot be seen. */
function keyProblem(rowKey: unknown, language: Language): string | undefined {
  if (typeof rowKey !== 'string' || rowKey === '')
    return language === 'ru' ? 'без него строку не найти' : 'it is empty';
  if (rowKey.length > MAX_KEY)
    return language === 'ru' ? `не длиннее ${MAX_KEY} знаков` : `at most ${MAX_KEY} characters`;
  if (/[\u0000-\u001f\u007f]/.test(rowKey))
    return language === 'ru' ? 'есть невидимые знаки' : 'it has invisible characters';
  return undefined;
}
