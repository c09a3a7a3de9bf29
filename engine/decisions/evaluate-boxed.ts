import { FeelRun } from '../expressions/compiler/feel-run.ts';
import { invoke } from '../expressions/compiler/invoke.ts';
import { iterationOf, stepAt, type Steps } from '../expressions/compiler/iteration.ts';
import type { EvaluationScope, VariableReader } from '../expressions/expression.ts';
import type { JsonValue } from '../json.ts';
import { valueIn } from '../expressions/run.ts';
import { coerce } from '../expressions/values/conforms.ts';
import type { FeelType } from '../expressions/values/feel-type.ts';
import { isNumber, toSafeInteger } from '../expressions/values/decimal.ts';
import {
  entryOf,
  FeelFunction,
  isContext,
  isList,
  newContext,
  type FeelValue,
} from '../expressions/values/feel-value.ts';
import { evaluateTable, type TraceNotes } from './decision-table.ts';
import type { BoxedFunction, BoxedLogic } from './decision-model.ts';

const NOWHERE = { from: 0, to: 0 };

/** Evaluates boxed expressions (DMN 1.5 §10.2.2) of one decision or knowledge model. */
export class BoxedEvaluation {
  readonly #run: FeelRun;
  readonly #notes: TraceNotes;

  constructor(run: FeelRun, notes: TraceNotes) {
    this.#run = run;
    this.#notes = notes;
  }

  evaluate(logic: BoxedLogic, scope: EvaluationScope): FeelValue {
    const run = this.#run;
    run.spend(1);
    switch (logic.kind) {
      case 'literalExpression': {
        const value = run.within(scope, () => valueIn(logic.expression, run));
        for (const warning of run.takeWarnings()) {
          this.#notes.warnings.push({ ...warning, expression: logic.expression.text });
        }
        return this.#typed(value, logic.type, 'The expression');
      }
      case 'typed':
        return this.#typed(this.evaluate(logic.logic, scope), logic.type, 'The expression');
      case 'decisionTable':
        return run.within(scope, () => evaluateTable(logic, run, this.#notes));
      case 'function':
        return this.functionOf(logic, 'function', scope);
      case 'context':
        return this.#context(logic, scope);
      case 'invocation': {
        const called = this.evaluate(logic.called, scope);
        if (!(called instanceof FeelFunction)) return run.fail('Cannot invoke what is not a function.', NOWHERE);
        const given = logic.bindings.map(({ name, type, logic: binding }) => ({
          name,
          value: this.#typed(this.evaluate(binding, scope), type, `The argument '${name}'`),
        }));
        return invoke(called, given, run, NOWHERE);
      }
      case 'list':
        return logic.items.map((item) => this.evaluate(item, scope));
      case 'relation':
        return logic.rows.map((row) => {
          const context = newContext();
          for (const [index, { name, type }] of logic.columns.entries()) {
            const cell = row[index];
            context[name] =
              cell === undefined ? null : this.#typed(this.evaluate(cell, scope), type, `The column '${name}'`);
          }
          return context;
        });
      case 'conditional': {
        const condition = this.evaluate(logic.condition, scope);
        if (condition !== null && typeof condition !== 'boolean') {
          return run.warn('Expected a condition that is true or false', NOWHERE);
        }
        return this.evaluate(condition === true ? logic.then : logic.otherwise, scope);
      }
      case 'for':
        return this.#for(logic, scope);
      case 'every':
      case 'some':
        return this.#quantified(logic, scope);
      case 'filter':
        return this.#filter(logic, scope);
    }
  }

  /** A value that is not of its declared type is null (§10.3.2.9.4). */
  #typed(value: FeelValue, type: FeelType, what: string): FeelValue {
    const converted = coerce(value, type);
    return converted === undefined ? this.#run.warn(`${what} is not of its declared type`, NOWHERE) : converted;
  }

  functionOf({ parameters, body, resultType }: BoxedFunction, name: string, scope: EvaluationScope): FeelFunction {
    return new FeelFunction({
      name,
      parameters,
      result: resultType,
      call: (args) => {
        this.#run.spend(1 + parameters.length);
        if (body === null) return this.#run.fail(`The function <${name}> is not written in FEEL.`, NOWHERE);
        const values = new Map(parameters.map((parameter, index) => [parameter.name, args[index] ?? null]));
        return this.evaluate(body, overlay(scope, values));
      },
    });
  }

  #context({ entries }: Extract<BoxedLogic, { kind: 'context' }>, scope: EvaluationScope): FeelValue {
    const context = newContext();
    const values = new Map<string, FeelValue>();
    const inner = overlay(scope, values);
    for (const { name, type, logic } of entries) {
      const value = this.#typed(
        this.evaluate(logic, inner),
        type,
        name === null ? 'The result' : `The entry '${name}'`,
      );
      if (name === null) return value;
      values.set(name, value);
      context[name] = value;
    }
    return context;
  }

  /** Elements of an iteration, or null when it has none. */
  #elements(source: BoxedLogic, scope: EvaluationScope): readonly FeelValue[] | null {
    const items = iterationOf(this.evaluate(source, scope), this.#run, NOWHERE);
    if (items === null || Array.isArray(items)) return items as readonly FeelValue[] | null;
    const steps = items as Steps;
    this.#run.spend(steps.count);
    return Array.from({ length: steps.count }, (_, index) => stepAt(steps, index));
  }

  #for({ variable, source, body }: Extract<BoxedLogic, { variable: string }>, scope: EvaluationScope): FeelValue {
    const items = this.#elements(source, scope);
    if (items === null) return null;
    const partial: FeelValue[] = [];
    for (const item of items) {
      partial.push(
        this.evaluate(
          body,
          overlay(
            scope,
            new Map<string, FeelValue>([
              [variable, item],
              ['partial', partial.slice()],
            ]),
          ),
        ),
      );
    }
    return partial;
  }

  #quantified(logic: Extract<BoxedLogic, { variable: string }>, scope: EvaluationScope): FeelValue {
    const items = this.#elements(logic.source, scope);
    if (items === null) return null;
    const decisive = logic.kind === 'some';
    let unknown = false;
    for (const item of items) {
      const outcome = this.evaluate(logic.body, overlay(scope, new Map([[logic.variable, item]])));
      if (outcome === decisive) return decisive;
      if (outcome === null) unknown = true;
      else if (typeof outcome !== 'boolean') return null;
    }
    return unknown ? null : !decisive;
  }

  #filter({ source, match }: Extract<BoxedLogic, { kind: 'filter' }>, scope: EvaluationScope): FeelValue {
    const value = this.evaluate(source, scope);
    if (value === null) return null;
    const items = isList(value) ? value : [value];
    const kept: FeelValue[] = [];
    for (const [index, item] of items.entries()) {
      const outcome = this.evaluate(match, elementScope(scope, item));
      if (index === 0 && isNumber(outcome)) {
        const at = toSafeInteger(outcome) ?? 0;
        return (at > 0 ? items[at - 1] : at < 0 ? items[items.length + at] : undefined) ?? null;
      }
      if (outcome === true) kept.push(item);
    }
    return kept;
  }
}

/** Names of `values` hide those of the scope. */
export function overlay(scope: EvaluationScope, values: ReadonlyMap<string, FeelValue>): EvaluationScope {
  const below = scope.variables;
  const variables: VariableReader = {
    get: (name) => (values.has(name) ? (values.get(name) as JsonValue) : below.get(name)),
    toContext: () => ({ ...below.toContext(), ...(Object.fromEntries(values) as Record<string, JsonValue>) }),
  };
  return { ...scope, variables };
}

/** A filter sees the element as `item` and the element's own entries by their names. */
function elementScope(scope: EvaluationScope, item: FeelValue): EvaluationScope {
  const inner = overlay(scope, new Map([['item', item]]));
  if (!isContext(item)) return inner;
  const below = inner.variables;
  return {
    ...inner,
    variables: {
      get: (name) => (entryOf(item, name) as JsonValue | undefined) ?? below.get(name),
      toContext: () => below.toContext(),
    },
  };
}
