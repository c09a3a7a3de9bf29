import type { FormField, FormModel } from '../forms/form-definition.ts';
import { InvalidForm, ProblemList } from '../forms/invalid-form.ts';
import { isRecord } from '../forms/json-checks.ts';
import { FORM_SCOPES } from '../forms/lookup-filter.ts';
import { readForm } from '../forms/read-form.ts';
import { REGISTER_KEY } from '../forms/read-lookup.ts';
import { InvalidRegister } from './invalid-register.ts';
import type { EffectiveDates, RegisterModel } from './register-definition.ts';

const TOP_LEVEL = [
  '$schema', 'key', 'version', 'title', 'data', 'layout', 'i18n',
  'keyField', 'indexes', 'unique', 'display', 'access', 'effective',
]; // prettier-ignore
/** Above this every write of a row costs more than people expect of it. */
const MAX_INDEXES = 12;
const MAX_COLUMNS = 20;

const models = new WeakMap<object, RegisterModel>();

/**
 * Compiles the definition of a register. Its `data`, `layout` and `i18n` are those of a form and are read as one, so every
 * kind of field that forms know is a kind of column. Throws InvalidRegister with every problem found.
 */
export function readRegister(json: unknown): RegisterModel {
  const problems = new ProblemList();
  if (!isRecord(json)) {
    problems.add('', 'A register is a JSON object', 'See engine/registers/README.md for an example.');
    throw new InvalidRegister(problems.problems);
  }
  const known = models.get(json);
  if (known) return known;
  for (const name of Object.keys(json)) {
    if (!TOP_LEVEL.includes(name)) problems.add(`/${name}`, `Unknown key "${name}"`, `Use ${TOP_LEVEL.join(', ')}.`);
  }
  if (json['$schema'] !== 'register/1')
    problems.add('/$schema', '$schema must be "register/1"', 'Write "$schema": "register/1".');
  if (typeof json['key'] !== 'string' || !REGISTER_KEY.test(json['key']) || ['users', 'groups'].includes(json['key']))
    problems.add('/key', 'key must be a short kebab-case name, not users or groups', 'Write for example "parts".');
  const form = readFields(json, problems);
  const register = form && compile(json, form, problems);
  if (register === undefined || problems.problems.length > 0) throw new InvalidRegister(problems.problems);
  models.set(json, register);
  return register;
}

function readFields(json: Readonly<Record<string, unknown>>, problems: ProblemList): FormModel | undefined {
  const { title, data, layout, i18n } = json;
  const key = typeof json['key'] === 'string' ? json['key'] : 'register';
  try {
    return readForm({ $schema: 'form/1', key, title, data, i18n, ...(layout !== undefined && { layout }) });
  } catch (error) {
    if (!(error instanceof InvalidForm)) throw error;
    problems.problems.push(...error.problems);
    return undefined;
  }
}

function compile(
  json: Readonly<Record<string, unknown>>,
  form: FormModel,
  problems: ProblemList,
): RegisterModel | undefined {
  const names = form.fields.map(({ name }) => name);
  for (const field of form.fields) {
    const path = `/data/properties/${field.name}`;
    if (field.files !== undefined || field.kind === 'signature')
      problems.add(path, 'A register holds no files', 'Files belong to a case; keep a link or a number instead.');
    if (field.kind === 'table')
      problems.add(path, 'A row holds no table', 'Make the lines a register of their own that refers to this one.');
    if (FORM_SCOPES.includes(field.name))
      problems.add(path, `"${field.name}" means the form in filters of look-ups`, 'Give the field another name.');
  }
  const list = (value: unknown, path: string, most: number, fallback: readonly string[]): readonly string[] => {
    if (value === undefined) return fallback;
    const good = Array.isArray(value) && value.length <= most && value.every((name) => names.includes(name as string));
    if (good && new Set(value).size === value.length) return value as readonly string[];
    problems.add(path, `Expected at most ${most} different names of fields`, `Fields are ${names.join(', ')}.`);
    return [];
  };
  const keyField = readKeyField(json['keyField'], form, problems);
  if (keyField === undefined) return undefined;
  const { name: key } = keyField;
  const indexes = list(json['indexes'], '/indexes', MAX_INDEXES, []);
  const indexed = [...new Set([key, ...indexes])];
  const unique = list(json['unique'], '/unique', MAX_INDEXES, []).filter((name) => name !== key);
  for (const name of unique.filter((one) => !indexed.includes(one)))
    problems.add('/unique', `"${name}" is not indexed`, 'Add it to "indexes": that is how a second one is found.');
  const display: Readonly<Record<string, unknown>> = isRecord(json['display']) ? json['display'] : {};
  const label = display['label'] === undefined ? key : display['label'];
  const named = typeof label === 'string' && names.includes(label) ? label : key;
  if (named !== label) problems.add('/display/label', 'label must name a field', `Fields are ${names.join(', ')}.`);
  const effective = readEffective(json['effective'], { form, indexed, problems });
  return Object.freeze({
    key: form.key,
    form,
    keyField: key,
    indexed,
    unique,
    display: {
      label: named,
      columns: list(display['columns'], '/display/columns', MAX_COLUMNS, names.slice(0, 8)),
      search: list(display['search'], '/display/search', MAX_COLUMNS, [...new Set([key, named])]),
    },
    access: readAccess(json['access'], problems),
    ...(effective && { effective }),
  });
}

const KEY_KINDS = [
  'text', 'serial', 'phone', 'email', 'choice', 'reference', 'period', 'inn', 'kpp', 'ogrn', 'bik', 'account', 'vin',
]; // prettier-ignore

function readKeyField(name: unknown, form: FormModel, problems: ProblemList): FormField | undefined {
  const field = form.fieldsByName.get(String(name));
  if (field === undefined) {
    problems.add('/keyField', 'keyField must name the field whose value identifies a row', 'Write for example "code".');
    return undefined;
  }
  const always = field.rules.visible === undefined && (field.required || field.rules.value !== undefined);
  if (!KEY_KINDS.includes(field.kind) || field.widget === 'textarea')
    problems.add(
      '/keyField',
      `A ${field.kind} field cannot be the key`,
      'Take a text of one line, for example a code.',
    );
  if (!always)
    problems.add('/keyField', `"${field.name}" may be empty`, 'Add it to data.required, or compute it by x-value.');
  return field;
}

function readAccess(json: unknown, problems: ProblemList): RegisterModel['access'] {
  const roles = (value: unknown, path: string): readonly string[] => {
    if (Array.isArray(value) && value.length > 0 && value.every((role) => typeof role === 'string' && role !== ''))
      return value as readonly string[];
    problems.add(path, 'Expected a list of roles', 'Write ["*"] for everybody, or for example ["analyst", "head"].');
    return [];
  };
  if (isRecord(json))
    return { read: roles(json['read'], '/access/read'), write: roles(json['write'], '/access/write') };
  problems.add(
    '/access',
    'access must say who may read and who may write',
    'Write {"read": ["*"], "write": ["analyst"]}.',
  );
  return { read: [], write: [] };
}

function readEffective(
  json: unknown,
  { form, indexed, problems }: { form: FormModel; indexed: readonly string[]; problems: ProblemList },
): EffectiveDates | undefined {
  if (json === undefined) return undefined;
  const { from, to, within } = isRecord(json) ? json : {};
  const isDate = (name: unknown): name is string => form.fieldsByName.get(String(name))?.kind === 'date';
  const good = Array.isArray(within) && within.length > 0 && within.every((name) => indexed.includes(name as string));
  if (isDate(from) && isDate(to) && from !== to && good) return { from, to, within: within as readonly string[] };
  problems.add(
    '/effective',
    'effective must name two fields of dates and, in within, indexed fields that say what is priced',
    'Write {"from": "validFrom", "to": "validTo", "within": ["workCode"]}.',
  );
  return undefined;
}
