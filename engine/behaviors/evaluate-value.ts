import { evaluate, type Expression } from '../expressions/expression.ts';
import type { IncidentType } from '../instance.ts';
import type { JsonValue } from '../json.ts';
import type { Key } from '../key.ts';
import { evaluationScope } from './read-variables.ts';
import type { Run } from './run.ts';
import { showVariables } from './show-variables.ts';
import { Stuck } from './stuck.ts';

export interface ValueRequest {
  readonly expression: Expression;
  readonly scopeKey: Key;
  /** What the value is for, as said in an incident: «the assignee of …». */
  readonly purpose: string;
  readonly incident?: IncidentType;
  readonly extra?: Readonly<Record<string, JsonValue>>;
}

/** Evaluates an expression of the model; a failure becomes an incident that shows it and the variables it reads. */
export function evaluateValue(run: Run, request: ValueRequest): JsonValue {
  const { expression, purpose, incident = 'EXTRACT_VALUE_ERROR' } = request;
  if (expression.static) return expression.text;
  const result = evaluate(expression, evaluationScope(run, request.scopeKey, request.extra));
  if (result.ok) return result.value;
  throw new Stuck(
    incident,
    `Expected to evaluate ${purpose} "${expression.text}"${read(run, request)}, but ${result.failure.message}`,
  );
}

export function evaluateText(run: Run, request: ValueRequest): string {
  const value = evaluateValue(run, request);
  if (typeof value === 'string' && value !== '') return value;
  throw mismatch(run, request, { expected: 'a text', value });
}

export function evaluateOptionalText(run: Run, request: ValueRequest): string | null {
  const value = evaluateValue(run, request);
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  throw mismatch(run, request, { expected: 'a text or null', value });
}

export function evaluateInteger(run: Run, request: ValueRequest): number {
  const value = evaluateValue(run, request);
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === 'number' && Number.isSafeInteger(number)) return number;
  throw mismatch(run, request, { expected: 'a whole number', value });
}

/** A list of texts; a static string is a comma-separated list, as Camunda 8 reads candidate groups and users. */
export function evaluateTextList(run: Run, request: ValueRequest): readonly string[] {
  const value = evaluateValue(run, request);
  if (value === null) return [];
  if (typeof value === 'string') {
    return value
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
  throw mismatch(run, request, { expected: 'a list of texts', value });
}

export function mismatch(
  run: Run,
  request: ValueRequest,
  { expected, value }: { readonly expected: string; readonly value: JsonValue },
): Stuck {
  const found = JSON.stringify(value)?.slice(0, 200) ?? 'nothing';
  return new Stuck(
    request.incident ?? 'EXTRACT_VALUE_ERROR',
    `Expected ${request.purpose} "${request.expression.text}"${read(run, request)} to be ${expected}, but found ${found}`,
  );
}

function read(run: Run, { expression, scopeKey, extra }: ValueRequest): string {
  return showVariables(run, { expressions: [expression], scopeKey, ...(extra === undefined ? {} : { extra }) });
}
