import { isRecord } from '../json-checks.ts';
import type { FormChange } from './form-change.ts';
import { fieldParts, placesOf, valueKindOf, written, type FieldPart } from './form-parts.ts';

type Json = Readonly<Record<string, unknown>>;

const RULES = [
  'x-visible',
  'x-required',
  'x-readonly',
  'x-value',
  'x-options',
  'x-assert',
  'x-source',
  'readOnly',
  'default',
];
/** Said by other changes, or by nobody: identity and what the value is. */
const NOT_LIMITS = ['type', 'format', 'enum', 'items', 'uniqueItems', 'x-id', 'x-files', ...RULES];

/**
 * What changed from one definition `form/1` to another, field by field. Fields are the same by `x-id`, else by name, so a
 * rename is a rename. Breaking is what whoever reads the data must be told of: processes, decisions, templates, registers.
 */
export function diffForms(before: Json, after: Json): readonly FormChange[] {
  const older = fieldParts(before);
  const newer = fieldParts(after);
  const pairs = pairUp(older, newer);
  const kept = new Set([...pairs.values()].map(({ name }) => name));
  const changes: FormChange[] = [];
  for (const part of older) {
    if (!kept.has(part.name)) changes.push({ kind: 'fieldRemoved', field: part.name, breaking: true });
  }
  for (const part of newer) {
    const former = pairs.get(part);
    if (former === undefined) changes.push({ kind: 'fieldAdded', field: part.name, breaking: false });
    else changes.push(...fieldChanges(former, part, renamedWithItsTable(former, part, pairs)));
  }
  changes.push(
    ...placeChanges(before, after, pairs),
    ...textChanges(before, after, pairs),
    ...formChanges(before, after),
  );
  return changes;
}

/** The newer field → what it was. */
function pairUp(older: readonly FieldPart[], newer: readonly FieldPart[]): Map<FieldPart, FieldPart> {
  const newIdentities = new Set(newer.map(({ identity }) => identity));
  const byIdentity = new Map(older.map((part) => [part.identity, part]));
  const byFormerIdentity = new Map(
    older.filter((part) => !newIdentities.has(part.identity)).map((part) => [part.formerIdentity, part]),
  );
  const byName = new Map(older.map((part) => [part.name, part]));
  const pairs = new Map<FieldPart, FieldPart>();
  const taken = new Set<FieldPart>();
  // Identities first: a new field may have taken the name that another one gave up.
  const stages = [
    (part: FieldPart) => byIdentity.get(part.identity),
    // A field that had no `x-id` was known by its name, and the editor writes that down as its `x-id` when it is renamed.
    // A column may have one, or its table, or both.
    (part: FieldPart) => byFormerIdentity.get(part.formerIdentity),
    // An identity that only one of the two has says nothing: the field got it, or lost it, in between.
    (part: FieldPart) => {
      const same = byName.get(part.name);
      const bothHave = same !== undefined && part.identity !== part.name && same.identity !== same.name;
      return bothHave ? undefined : same;
    },
  ];
  for (const find of stages) {
    for (const part of newer) {
      const former = pairs.has(part) ? undefined : find(part);
      if (former === undefined || taken.has(former)) continue;
      pairs.set(part, former);
      taken.add(former);
    }
  }
  return pairs;
}

/** The column is called as before; its table is not, and that is told once. */
function renamedWithItsTable(former: FieldPart, part: FieldPart, pairs: ReadonlyMap<FieldPart, FieldPart>): boolean {
  const [was = '', is = ''] = [former.name, part.name].map((name) => name.slice(0, name.lastIndexOf('.')));
  const sameKey = former.name.slice(was.length) === part.name.slice(is.length);
  return was !== '' && sameKey && [...pairs].some(([now, before]) => now.name === is && before.name === was);
}

function fieldChanges(former: FieldPart, part: FieldPart, toldAlready: boolean): readonly FormChange[] {
  const changes: FormChange[] = [];
  const field = part.name;
  if (former.name !== field && !toldAlready)
    changes.push({ kind: 'fieldRenamed', field, formerly: former.name, breaking: true });
  const [was, is] = [valueKindOf(former), valueKindOf(part)];
  if (was !== is) changes.push({ kind: 'kindChanged', field, before: was, after: is, breaking: true });
  const requiredNow = part.required !== former.required;
  if (requiredNow) changes.push({ kind: part.required ? 'becameRequired' : 'becameOptional', field, breaking: false });
  for (const option of former.options) {
    if (!part.options.includes(option)) changes.push({ kind: 'optionRemoved', field, what: option, breaking: true });
  }
  for (const option of part.options) {
    if (!former.options.includes(option)) changes.push({ kind: 'optionAdded', field, what: option, breaking: false });
  }
  for (const rule of RULES) {
    const [before, after] = [written(former.schema[rule]), written(part.schema[rule])];
    // What the value refers to is its kind.
    if (before === after || rule === 'x-source') continue;
    const computed = rule === 'x-value' && before === undefined;
    const kind = computed ? 'becameComputed' : 'ruleChanged';
    changes.push({ kind, field, what: rule, ...sides(before, after), breaking: false });
  }
  const [rowsBefore, rowsAfter] = [former, part].map(({ schema }) => rowAsserts(schema));
  if (rowsBefore !== rowsAfter)
    changes.push({
      kind: 'ruleChanged',
      field,
      what: 'row x-assert',
      ...sides(rowsBefore, rowsAfter),
      breaking: false,
    });
  for (const limit of new Set([...Object.keys(former.schema), ...Object.keys(part.schema)])) {
    if (NOT_LIMITS.includes(limit)) continue;
    const [before, after] = [written(former.schema[limit]), written(part.schema[limit])];
    if (before !== after)
      changes.push({ kind: 'limitChanged', field, what: limit, ...sides(before, after), breaking: false });
  }
  return changes;
}

/** What must hold in every row of a table. */
function rowAsserts({ items }: Json): string | undefined {
  return isRecord(items) ? written(items['x-assert']) : undefined;
}

function placeChanges(before: Json, after: Json, pairs: ReadonlyMap<FieldPart, FieldPart>): readonly FormChange[] {
  const [older, newer] = [placesOf(before), placesOf(after)];
  const moved = [...pairs].filter(([part, former]) => {
    const [was, is] = [older.get(former.name), newer.get(part.name)];
    return was !== undefined && is !== undefined && was !== is;
  });
  const changes = moved.map(([{ name }]): FormChange => ({ kind: 'moved', field: name, breaking: false }));
  if (changes.length > 0) return changes;
  const names = new Map([...pairs].map(([part, former]) => [former.name, part.name]));
  const orderBefore = [...older.keys()]
    .map((name) => names.get(name))
    .filter((name) => name !== undefined && newer.has(name));
  const orderAfter = [...newer.keys()].filter((name) => orderBefore.includes(name));
  return orderBefore.join('\n') === orderAfter.join('\n')
    ? []
    : [{ kind: 'layoutChanged', field: '', breaking: false }];
}

function textChanges(before: Json, after: Json, pairs: ReadonlyMap<FieldPart, FieldPart>): readonly FormChange[] {
  const names = [...pairs].map(([part, former]) => [former.name, part.name] as const);
  const removed = fieldParts(before).map(({ name }) => name);
  const added = fieldParts(after).map(({ name }) => name);
  const changes: FormChange[] = [];
  for (const language of ['ru', 'en']) {
    const [older, newer] = [textsOf(before, language), textsOf(after, language)];
    // Texts of a field go with it: a renamed field keeps them, a new one brings its own without a word.
    const expected = new Map<string, string>();
    for (const [key, text] of older) {
      const owner = ownerOf(key, removed);
      const now = owner === undefined ? '' : names.find(([former]) => former === owner)?.[1];
      if (now !== undefined) expected.set(owner === undefined ? key : now + key.slice(owner.length), text);
    }
    for (const key of new Set([...expected.keys(), ...newer.keys()])) {
      const owner = ownerOf(key, added);
      const isNew = owner !== undefined && !names.some(([, now]) => now === owner);
      const [was, is] = [expected.get(key), newer.get(key)];
      if (was === is || isNew) continue;
      changes.push({
        kind: 'textChanged',
        field: owner ?? '',
        what: `${language}: ${key}`,
        ...sides(was, is),
        breaking: false,
      });
    }
  }
  return changes;
}

/** The field whose text it is: the longest name the key begins with. */
function ownerOf(key: string, names: readonly string[]): string | undefined {
  return names.filter((name) => key.startsWith(`${name}.`)).sort((a, b) => b.length - a.length)[0];
}

function formChanges(before: Json, after: Json): readonly FormChange[] {
  const changes: FormChange[] = [];
  for (const what of ['key', 'title'] as const) {
    const [was, is] = [written(before[what]), written(after[what])];
    if (was !== is) changes.push({ kind: 'formChanged', field: '', what, ...sides(was, is), breaking: what === 'key' });
  }
  const assertsOf = (form: Json): string | undefined =>
    isRecord(form['data']) ? written(form['data']['x-assert']) : undefined;
  const [was, is] = [assertsOf(before), assertsOf(after)];
  if (was !== is)
    changes.push({ kind: 'ruleChanged', field: '', what: 'x-assert', ...sides(was, is), breaking: false });
  return changes;
}

function textsOf(form: Json, language: string): ReadonlyMap<string, string> {
  const i18n = isRecord(form['i18n']) ? form['i18n'][language] : undefined;
  return new Map(
    Object.entries(isRecord(i18n) ? i18n : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

function sides(before: string | undefined, after: string | undefined): Pick<FormChange, 'before' | 'after'> {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
