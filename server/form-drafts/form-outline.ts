type Json = Readonly<Record<string, unknown>>;

/** What a list says of a form, read leniently: a draft need not be a good form yet. */
export function formOutline(definition: Json, formId: string): { readonly title: string; readonly fields: number } {
  const title = member(definition['title'], 'ru');
  const properties = member(definition['data'], 'properties');
  return {
    title: typeof title === 'string' && title !== '' ? title : formId,
    fields: isJson(properties) ? Object.keys(properties).length : 0,
  };
}

/** What a person calls the field. */
export function labelIn(definition: Json, name: string): string | undefined {
  const label = member(member(definition['i18n'], 'ru'), `${name}.label`);
  return typeof label === 'string' ? label : undefined;
}

function member(value: unknown, key: string): unknown {
  return isJson(value) ? value[key] : undefined;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
