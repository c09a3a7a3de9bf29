import { accessTo, type FormField, type FormModel, type TaskBinding } from '#engine';
import { accessMap, mayBeWritten, namedFields, sameAccess, type AccessMap } from './access-map.ts';

/**
 * The shortest binding that says this. Where every field is seen, or everything seen may be changed, there is no list: then fields
 * that the form gets later are so as well.
 */
export function bindingOf(form: FormModel, map: AccessMap): TaskBinding {
  const is = (field: FormField, kind: 'readable' | 'writable' | 'requiredHere'): boolean =>
    map.get(field.name)?.[kind] ?? false;
  const all = namedFields(form);
  const readable = all.every((field) => is(field, 'readable'))
    ? undefined
    : listed(form, (field) => is(field, 'readable'));
  const requiredHere = all.filter((field) => is(field, 'requiredHere')).map(({ name }) => name);
  const reading: TaskBinding = readable === undefined ? {} : { readable };
  const asRead = all.every((field) => accessTo(field, reading).writable === is(field, 'writable'));
  return {
    ...reading,
    ...(asRead ? {} : { writable: listed(form, (field) => is(field, 'writable'), mayBeWritten) }),
    ...(requiredHere.length > 0 && { requiredHere }),
  };
}

/** The binding with these ticks; that of the deployed version word for word, when it says the same. */
export function bindingLike(form: FormModel, map: AccessMap, stands: TaskBinding | undefined): TaskBinding {
  return stands !== undefined && sameAccess(accessMap(form, stands), map) ? stands : bindingOf(form, map);
}

/** A table by its name where all of its columns are meant, else with those that are; columns alone where its rows stay. */
function listed(
  form: FormModel,
  holds: (field: FormField) => boolean,
  counts: (field: FormField) => boolean = () => true,
): readonly string[] {
  return form.fields.flatMap((field): readonly string[] => {
    if (!field.table) return holds(field) ? [field.name] : [];
    const columns = field.table.columns.filter(counts);
    const held = columns.filter(holds).map(({ name }) => name);
    if (!holds(field)) return held;
    if (held.length === 0) return [];
    return held.length === columns.length ? [field.name] : [field.name, ...held];
  });
}
