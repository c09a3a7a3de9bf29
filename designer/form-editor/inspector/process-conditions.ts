import type { FormVariable, FormVariableType, Language } from '#contract';
import type { ConditionField, ConditionKind } from '../../condition-builder/condition-model.ts';
import type { FormDocument, JsonObject } from '../document/form-document.ts';
import { sourceWords, variableLabel } from '../palette/process-variables.ts';
import type { EditorWords } from '../texts.ts';
import { ofSchema } from './rule-scope.ts';

/** How deep the members of a context are offered: deeper ones are written in FEEL. */
const DEEPEST = 3;

/** No lines speak of these: text of them compares with no value that a person would type. */
const KINDS: { readonly [K in FormVariableType['kind']]?: ConditionKind } = {
  any: 'text',
  string: 'text',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  list: 'list',
};

/**
 * What the processes know beside the form, behind its own fields: what a field of another form shows is of that field's kind, with
 * its options; of a context each member stands for itself. A name that means something else in the rule is left out.
 */
export function withProcessFields(
  own: readonly ConditionField[],
  variables: readonly FormVariable[],
  { document, words, language }: ProcessScope,
): readonly ConditionField[] {
  const taken = new Set(['row', 'parent', ...own.map(({ name }) => name.replace(/^row\./, ''))]);
  const free = variables.filter(({ name }) => !taken.has(name));
  const found = free.flatMap((variable) => {
    const hint = sourceWords(variable, words);
    return offered(variable, { document, words, language }).map((field) => ({
      ...field,
      group: words('processData'),
      hint,
    }));
  });
  return found.length === 0 ? own : [...own, ...found];
}

interface ProcessScope {
  readonly document: FormDocument;
  readonly words: EditorWords;
  readonly language: Language;
}

function offered(variable: FormVariable, { document, language }: ProcessScope): readonly ConditionField[] {
  const { name, type, field } = variable;
  const label = variableLabel(variable);
  // A field made of the bare type says no more than the type does.
  if (field === null || Object.keys(field.texts).length === 0) return ofType({ name, label, type }, 1);
  const said = ofSchema(document, { id: `process ${name}`, name, schema: field.schema as JsonObject }, (value) => {
    const { ru, en } = field.texts[`options.${value}`] ?? {};
    return (language === 'ru' ? (ru ?? en) : (en ?? ru)) ?? value;
  });
  return [{ name, label, ...said }];
}

function ofType(
  { name, label, type }: { readonly name: string; readonly label: string; readonly type: FormVariableType },
  depth: number,
): readonly ConditionField[] {
  if (type.kind === 'context') {
    if (depth > DEEPEST) return [];
    return (type.members ?? []).flatMap((member) =>
      ofType({ name: `${name}.${member.name}`, label: `${label}: ${member.name}`, type: member.type }, depth + 1),
    );
  }
  const kind = KINDS[type.kind];
  if (kind === undefined) return [];
  const choices = (kind === 'list' ? type.items?.choices : type.choices)?.map((value) => ({ value, label: value }));
  return [{ name, label, kind: kind === 'text' && choices ? 'choice' : kind, ...(choices && { choices }) }];
}
