import { accessTo, fieldNamed, type FileRules, type FormModel, type TaskBinding } from '#engine';
import { Refused } from '../http/refused.ts';

/** What the file field of a form takes, where this step may write it. @throws Refused `invalid-request` */
export function acceptedFiles(form: FormModel | null, binding: TaskBinding, name: string): FileRules {
  const field = form === null ? undefined : fieldNamed(form, name);
  if (field?.files !== undefined && accessTo(field, binding).writable) return field.files;
  throw new Refused('invalid-request', {
    ru: `В этой форме нет поля для файлов «${name}».`,
    en: `This form has no file field "${name}".`,
  });
}

/** How the form names the field at a JSON pointer: a column by its table. */
export function fieldAt(pointer: string): string {
  return pointer.slice(1).replace('/-/', '.');
}
