import { BOOLEAN_TYPE, enumType, listType, nameProblem, NUMBER_TYPE, STRING_TYPE, type StaticType } from '#engine';
import type { FormVariable, FormVariableType } from '#contract';
import type { FormCommand, TextPair } from '../../commands/form-command.ts';
import type { FeelVariable } from '../../feel-editor/feel-variable.ts';
import type { FormDocument, JsonObject, Place } from '../document/form-document.ts';
import type { EditorWords } from '../texts.ts';

/** Variables that the form does not have yet. */
export function unusedVariables(variables: readonly FormVariable[], document: FormDocument): readonly FormVariable[] {
  const taken = new Set(document.fieldOrder.map((id) => document.fields[id]!.name));
  return variables.filter(({ name }) => !taken.has(name));
}

/** Those that can be put on the form: a context, say, has no field to show it. */
export function placeableVariables(variables: readonly FormVariable[]): readonly FormVariable[] {
  return variables.filter(({ name, field }) => field !== null && nameProblem(name) === undefined);
}

export function variableLabel({ name, field }: FormVariable): string {
  const label = field?.texts['label'];
  return label?.ru ?? label?.en ?? name;
}

/** The field of that name and type, with the words it has elsewhere. */
export function insertVariable(variable: FormVariable, at: Place): FormCommand {
  const { schema = { type: 'string' }, texts = {} } = variable.field ?? {};
  const pairs = texts as Readonly<Record<string, TextPair>>;
  return {
    kind: 'insertField',
    name: variable.name,
    schema: schema as JsonObject,
    texts: { label: { ru: variableLabel(variable) }, ...pairs },
    at,
  };
}

/** Where it comes from: the nearest place a person would look at. */
export function sourceWords({ sources }: FormVariable, words: EditorWords): string {
  const [first] = [...sources].sort((left, right) => ORDER.indexOf(left.kind) - ORDER.indexOf(right.kind));
  if (first === undefined || first.kind === 'outside') return words('variable_outside');
  return words(`variable_${first.kind}`, { name: first.name });
}

const ORDER = ['form', 'element', 'outside'];

/** For the rules of the form: they may read what the process has, too. */
export function feelVariables(variables: readonly FormVariable[], words: EditorWords): readonly FeelVariable[] {
  return variables.map((variable) => ({
    name: variable.name,
    label: `${variableLabel(variable)} · ${words('processData')}`,
    type: staticType(variable.type),
  }));
}

function staticType({ kind, choices, items, members = [] }: FormVariableType): StaticType {
  switch (kind) {
    case 'any':
      return 'any';
    case 'string':
      return choices === undefined ? STRING_TYPE : enumType(choices);
    case 'number':
      return NUMBER_TYPE;
    case 'boolean':
      return BOOLEAN_TYPE;
    case 'list':
      return listType(items === undefined ? 'any' : staticType(items));
    case 'context':
      return [
        { kind, entries: new Map(members.map(({ name, type }) => [name, { type: staticType(type) }])), open: true },
      ];
    case 'time':
    case 'date and time':
      return [{ kind }];
    case 'date':
    case 'days and time duration':
    case 'years and months duration':
      return [{ kind, within: null }];
  }
}
