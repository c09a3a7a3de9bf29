import { errorMessage } from './error-messages.ts';
import { fieldLabel, formText, type FormField, type FormLanguage, type FormModel } from './form-definition.ts';
import type { Finding, FormError } from './form-error.ts';

/** The sentence for a finding: the author's own where the form has one, else the catalog's; a cell is named with its row. */
export function inWords(finding: Finding, form: FormModel, language: FormLanguage): FormError {
  const { keyword, params, path } = finding;
  const { field, table, row } = placeOf(form, path);
  const { message } = params;
  const own =
    keyword === 'x-assert' && typeof message === 'string'
      ? message
      : keyword === 'pattern' && field
        ? `${field.name}.pattern`
        : undefined;
  const authored = own === undefined ? undefined : formText(form, language, own);
  const rowName = language === 'ru' ? `строка ${row + 1}` : `row ${row + 1}`;
  if (authored !== undefined) {
    const prefix = table ? `${fieldLabel(form, language, table)}, ${rowName}: ` : '';
    return { path, keyword, params, message: prefix + authored };
  }
  const title = form.title[language] ?? form.title.ru;
  const label = field ? fieldLabel(form, language, field) : title;
  const whole = table
    ? `${fieldLabel(form, language, table)}, ${rowName}${field === table ? '' : `: ${label}`}`
    : label;
  return { path, keyword, params, message: errorMessage(finding, { language, label: whole, field }) };
}

interface Place {
  readonly field: FormField | undefined;
  /** Only for a cell or a row. */
  readonly table: FormField | undefined;
  readonly row: number;
}

/** `/qty` → the field, `/works/2/qty` → the column and its row, `/works/2` → the table and the row. */
function placeOf(form: FormModel, path: string): Place {
  const [, name = '', row, key] = path.split('/');
  const field = form.fieldsByName.get(name);
  if (!field?.table || row === undefined) return { field, table: undefined, row: -1 };
  const column = field.table.columns.find((one) => one.column!.key === key);
  return { field: column ?? field, table: field, row: Number(row) };
}
