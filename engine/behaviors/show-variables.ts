import { variablesOf, type Expression } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import type { Key } from '../key.ts';
import { evaluationScope } from './read-variables.ts';
import type { Run } from './run.ts';

export interface Shown {
  readonly expressions: readonly Expression[];
  readonly scopeKey: Key;
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

/** An incident is read in a list: what is longer is looked up in the variables of the instance. */
const VALUE_LIMIT = 120;
const NAME_LIMIT = 8;

/** The variables that expressions read, with their values, for an incident: ` with a = 1, b not set`; empty without any. */
export function showVariables(run: Run, { expressions, scopeKey, extra }: Shown): string {
  const { variables } = evaluationScope(run, scopeKey, extra);
  const names = [...new Set(expressions.flatMap((expression) => (expression.static ? [] : variablesOf(expression))))];
  if (names.length === 0) return '';
  const shown = names.slice(0, NAME_LIMIT).map((name) => {
    const value = variables.get(name);
    return value === undefined ? `${name} not set` : `${name} = ${shorten(JSON.stringify(value))}`;
  });
  const rest = names.length > NAME_LIMIT ? ` and ${names.length - NAME_LIMIT} more` : '';
  return ` with ${shown.join(', ')}${rest}`;
}

/** Their texts, bounded as well. */
export function showTexts(expressions: readonly Expression[]): string {
  const shown = expressions.slice(0, NAME_LIMIT).map(({ text }) => `"${shorten(text)}"`);
  const rest = expressions.length > NAME_LIMIT ? ` and ${expressions.length - NAME_LIMIT} more` : '';
  return `${shown.join(', ')}${rest}`;
}

function shorten(text: string): string {
  return text.length > VALUE_LIMIT ? `${text.slice(0, VALUE_LIMIT)}…` : text;
}
