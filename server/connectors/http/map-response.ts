import { compileExpression, compileFeel, evaluate, type JsonValue, type VariableMap } from '#engine';
import { BpmnError, JobFailure } from '../../worker/job-errors.ts';

/** What an expression of the connector sees and by what clock. */
export interface MappingSite {
  readonly headers: Readonly<Record<string, string>>;
  readonly calendars: Parameters<typeof evaluate>[1]['calendars'];
  readonly zone: string;
  readonly now: number;
}

/** What came back, or why nothing did, as Camunda's connectors name it. */
export interface Answer {
  readonly response: { readonly status: number; readonly headers: VariableMap; readonly body: JsonValue } | null;
  readonly error: { readonly code: string; readonly message: string } | null;
}

/**
 * The variables that the step ends with: the whole answer under `resultVariable`, and the context that `resultExpression`
 * makes of `response`. Nothing else of the answer is kept.
 *
 * @throws JobFailure without further tries when an expression does not give a context
 */
export function mapResponse(answer: Answer, site: MappingSite): VariableMap {
  const { resultVariable, resultExpression } = site.headers;
  const { response } = answer;
  const variables: Record<string, JsonValue> = {};
  if (resultVariable !== undefined && resultVariable !== '') variables[resultVariable] = response;
  if (resultExpression === undefined || resultExpression.trim() === '') return variables;
  const result = run(compileExpression(asFeel(resultExpression)), { ...response, response }, site, 'resultExpression');
  if (result === null) return variables;
  if (typeof result !== 'object' || Array.isArray(result)) throw notContext('resultExpression');
  return { ...variables, ...(result as VariableMap) };
}

/** `bpmnError(…)` and `jobError(…)` of Camunda's error expressions, as FEEL functions of both lengths. */
const SHORT =
  'bpmnError: function(code, message) {kind: "bpmnError", code: code, message: message}, ' +
  'jobError: function(message) {kind: "jobError", message: message}, ignoreError: function() {kind: "ignore"}';
const LONG =
  'bpmnError: function(code, message, variables) {kind: "bpmnError", code: code, message: message, variables: variables}, ' +
  'jobError: function(message, variables, retries, backoff) {kind: "jobError", message: message, retries: retries}, ' +
  'ignoreError: function(variables) {kind: "ignore", variables: variables}';

/**
 * Asks `errorExpression` what an answer means. Null: it has no opinion, so the answer counts as it is.
 *
 * @returns variables when the error is to be ignored @throws BpmnError, JobFailure as the expression says
 */
export function judgeAnswer(answer: Answer, site: MappingSite): VariableMap | null {
  const text = site.headers['errorExpression'];
  if (text === undefined || text.trim() === '') return null;
  const { response, error } = answer;
  const context = { ...response, response, error: error ?? {} };
  const opinion = firstOf([SHORT, LONG], (functions) => {
    const feel = asFeel(text).slice(1);
    return run(compileFeel(`{${functions}, opinion: ${feel}}.opinion`), context, site, 'errorExpression');
  });
  if (opinion === null || typeof opinion !== 'object' || Array.isArray(opinion)) return null;
  const { kind, code, message, variables, retries } = opinion as Readonly<Record<string, JsonValue>>;
  const carried = (typeof variables === 'object' && !Array.isArray(variables) ? variables : null) as VariableMap | null;
  if (kind === 'ignore') return carried ?? {};
  const words = typeof message === 'string' ? message : (error?.message ?? '');
  if (kind === 'bpmnError')
    throw new BpmnError(typeof code === 'string' ? code : JSON.stringify(code ?? null), words, carried ?? {});
  if (kind === 'jobError') throw new JobFailure(words, typeof retries === 'number' ? { retries } : {});
  return null;
}

/** A call with another number of arguments fails in the first attempt and is right in the second. */
function firstOf<T>(attempts: readonly string[], work: (attempt: string) => T): T {
  const [first, ...others] = attempts;
  try {
    return work(first!);
  } catch (error) {
    if (others.length === 0) throw error;
    return firstOf(others, work);
  }
}

function asFeel(text: string): string {
  return text.trimStart().startsWith('=') ? text.trimStart() : `=${text}`;
}

function run(
  expression: ReturnType<typeof compileFeel>,
  context: Readonly<Record<string, unknown>>,
  { calendars, zone, now }: MappingSite,
  name: string,
): JsonValue {
  const variables = context as Readonly<Record<string, JsonValue>>;
  const evaluation = evaluate(expression, {
    variables: {
      get: (one) => (Object.hasOwn(variables, one) ? variables[one] : undefined),
      toContext: () => variables,
    },
    now,
    zone,
    calendars,
  });
  if (evaluation.ok) return evaluation.value;
  throw new JobFailure(`${name}: ${evaluation.failure.message}`, { retries: 0 });
}

function notContext(name: string): JobFailure {
  return new JobFailure(`Expected ${name} to give a context, e.g. ={orderId: response.body.id}.`, { retries: 0 });
}
