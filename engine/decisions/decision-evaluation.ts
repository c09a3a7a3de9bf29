import { FeelRun } from '../expressions/compiler/feel-run.ts';
import type { EvaluationScope, VariableReader } from '../expressions/expression.ts';
import { toJson } from '../expressions/json-boundary.ts';
import { failureMessage } from '../expressions/run.ts';
import { coerce } from '../expressions/values/conforms.ts';
import { entryOf, FeelFunction, isContext, newContext, type FeelValue } from '../expressions/values/feel-value.ts';
import { DecisionRefusal, type TraceNotes } from './decision-table.ts';
import type {
  DecisionModel,
  GraphElement,
  InputModel,
  KnowledgeModel,
  Requirement,
  ServiceModel,
} from './decision-model.ts';
import type { DecisionTrace } from './decision-trace.ts';
import { BoxedEvaluation, overlay } from './evaluate-boxed.ts';
import { fromTypedJson } from './from-typed-json.ts';

export interface Outcome {
  readonly value: FeelValue;
  readonly failure: { readonly decisionId: string; readonly message: string } | null;
  readonly trace: DecisionTrace;
}

export interface EvaluationOptions {
  readonly run: FeelRun;
  readonly scope: EvaluationScope;
  /**
   * `engine`: a decision fails with a required one, so that no process goes on with a null nobody meant, and sees every
   * variable of the process. `specification`: a failed requirement is null and only what is required is visible (DMN 1.5
   * §6.3.1, §10.3.2.13).
   */
  readonly mode: 'engine' | 'specification';
  /** Values of elements that are given and not evaluated, by key: parameters of a decision service. */
  readonly given?: ReadonlyMap<string, FeelValue>;
}

const NO_VARIABLES: VariableReader = { get: () => undefined, toContext: () => ({}) };

/** One evaluation of a requirements graph: every decision at most once. */
export class DecisionEvaluation {
  readonly #options: EvaluationOptions;
  readonly #done = new Map<string, Outcome>();
  /** Names of the imports gone through on the way to the element being evaluated. */
  #path: readonly string[] = [];

  constructor(options: EvaluationOptions) {
    this.#options = options;
  }

  decide(decision: DecisionModel): Outcome {
    const known = this.#done.get(decision.key);
    if (known !== undefined) return known;
    const outcome = this.#evaluate(decision);
    this.#done.set(decision.key, outcome);
    return outcome;
  }

  #evaluate(decision: DecisionModel): Outcome {
    const { run } = this.#options;
    const notes: TraceNotes = { evaluatedInputs: [], matchedRules: [], warnings: [] };
    const requiredDecisions: DecisionTrace[] = [];
    const conclude = (value: FeelValue, failure: Outcome['failure']): Outcome => ({
      value,
      failure,
      trace: traceOf(decision, {
        notes,
        requiredDecisions,
        output: failure === null ? toJson(value) : null,
        failure: failure?.message ?? null,
      }),
    });
    const fails = (message: string): Outcome => {
      const text = `Decision <${decision.decisionId}> «${decision.name}»: ${message}`;
      return conclude(null, { decisionId: decision.decisionId, message: text });
    };
    const outer = run.scope;
    try {
      const environment = this.#environment(decision, notes, requiredDecisions);
      if ('failure' in environment) return conclude(null, environment.failure);
      const raw = new BoxedEvaluation(run, notes).evaluate(decision.logic, environment.scope);
      for (const warning of run.takeWarnings()) notes.warnings.push({ ...warning, expression: '' });
      const failure = run.takeFailure();
      if (raw === null && failure !== null) {
        const where =
          decision.logic.kind === 'literalExpression' ? ` Expression <${decision.logic.expression.text}>.` : '';
        return fails(failure + where);
      }
      const value = coerce(raw, decision.resultType);
      if (value !== undefined) return conclude(value, null);
      return fails(`Expected a result of its declared type, got ${JSON.stringify(toJson(raw))}.`);
    } catch (error) {
      run.scope = outer;
      // Refusals of tables, of our functions and of the budget: data and model decide them, so none is a bug of ours.
      return fails(failureMessage(error as Error));
    }
  }

  /** The names a decision or knowledge model sees (§6.3.1), or the failure of what it requires. */
  #environment(
    { requirements, graph }: { readonly requirements: readonly Requirement[]; readonly graph: DecisionModel['graph'] },
    notes: TraceNotes,
    traces: DecisionTrace[],
  ): { readonly scope: EvaluationScope } | { readonly failure: NonNullable<Outcome['failure']> } {
    const values = new Map<string, FeelValue>();
    for (const { names, key, within } of requirements) {
      const element = graph.get(key);
      const outer = this.#path;
      if (within !== null) this.#path = [...outer, within];
      const value = element === undefined ? this.#missing(key) : this.#valueOf(element, { graph, notes, traces });
      this.#path = outer;
      if (typeof value === 'object' && value !== null && 'failed' in value) return { failure: value.failed };
      if (value.value === undefined) continue;
      if (within === null) {
        for (const name of names) values.set(name, value.value);
      } else {
        const context = (values.get(within) ?? newContext()) as Record<string, FeelValue>;
        for (const name of names) context[name] = value.value;
        values.set(within, context);
      }
    }
    const base =
      this.#options.mode === 'engine' ? this.#options.scope : { ...this.#options.scope, variables: NO_VARIABLES };
    return { scope: values.size === 0 ? base : overlay(base, values) };
  }

  #missing(key: string): { readonly failed: NonNullable<Outcome['failure']> } | { readonly value: null } {
    if (this.#options.mode === 'specification') return { value: null };
    const id = key.slice(key.indexOf('#') + 1);
    throw new DecisionRefusal(`Expected the required decision <${id}> to be deployed with it.`);
  }

  #valueOf(
    element: GraphElement,
    place: {
      readonly graph: DecisionModel['graph'];
      readonly notes: TraceNotes;
      readonly traces: DecisionTrace[];
    },
  ): { readonly failed: NonNullable<Outcome['failure']> } | { readonly value: FeelValue | undefined } {
    const { graph, notes, traces } = place;
    const given = this.#options.given?.get(element.key);
    switch (element.kind) {
      case 'input':
        return { value: this.#input(element, given, notes) };
      case 'knowledge':
        return { value: this.#knowledge(element, graph, notes) };
      case 'service':
        return { value: this.service(element, graph) };
      case 'decision': {
        if (given !== undefined) return { value: coerce(given, element.resultType) ?? null };
        const { mode } = this.#options;
        const { value, failure, trace } = this.decide(element);
        traces.push(trace);
        if (failure !== null && mode === 'engine') return { failed: failure };
        return { value };
      }
    }
  }

  /** A given value of the wrong type is null with a warning; one outside the allowed values (§7.3.2) refuses the decision. */
  #input(input: InputModel, given: FeelValue | undefined, notes: TraceNotes): FeelValue | undefined {
    const { name, type } = input;
    const found = given ?? this.#variable(input);
    if (found === undefined || found === null) return found;
    const value = fromTypedJson(found, type);
    const converted = coerce(value, type);
    if (converted !== undefined) return converted;
    const shown = JSON.stringify(toJson(value));
    if (type.kind === 'constrained' && coerce(value, type.base) !== undefined) {
      throw new DecisionRefusal(`Expected <${name}> to be one of ${type.allowedText}, got ${shown}.`);
    }
    notes.warnings.push({
      message: `The input '${name}' is not of its declared type`,
      from: 0,
      to: 0,
      expression: name,
    });
    return null;
  }

  /** Input data of an import come inside contexts named as the imports, or by a dotted name, or by the plain one. */
  #variable({ name, importNames }: InputModel): FeelValue | undefined {
    const { variables } = this.#options.scope;
    const paths = [...this.#path.map((_, from) => this.#path.slice(from)), ...importNames.map((one) => [one])];
    for (const path of paths) {
      const dotted = variables.get([...path, name].join('.'));
      if (dotted !== undefined) return dotted;
      let inside: FeelValue | undefined = variables.get(path[0]!);
      for (const next of [...path.slice(1), name]) {
        inside = inside !== undefined && isContext(inside) ? entryOf(inside, next) : undefined;
      }
      if (inside !== undefined) return inside;
    }
    return variables.get(name);
  }

  #knowledge(element: KnowledgeModel, graph: DecisionModel['graph'], { warnings }: TraceNotes): FeelFunction {
    const { logic, name, resultType } = element;
    const { run } = this.#options;
    const fn: FeelFunction = new FeelFunction({
      name,
      parameters: logic.parameters,
      result: resultType,
      call: (args) => {
        const notes: TraceNotes = { evaluatedInputs: [], matchedRules: [], warnings };
        const environment = this.#environment({ requirements: element.requirements, graph }, notes, []);
        if ('failure' in environment) return null;
        const scope = overlay(environment.scope, new Map([[name, fn]]));
        const outer = run.scope;
        try {
          return new BoxedEvaluation(run, notes).functionOf(logic, name, scope).call(args, run);
        } catch (error) {
          if (!(error instanceof DecisionRefusal)) throw error;
          run.scope = outer;
          return run.fail(error.message, { from: 0, to: 0 });
        }
      },
    });
    return fn;
  }

  /** A decision service as a function (§10.4): the value of its only output decision, or a context of several. */
  service(service: ServiceModel, graph: DecisionModel['graph']): FeelFunction {
    const { run, scope, mode } = this.#options;
    return new FeelFunction({
      name: service.name,
      parameters: service.parameters,
      result: service.resultType,
      call: (args) => {
        const given = new Map(service.parameters.map(({ key }, index) => [key, args[index] ?? null]));
        const inner = new DecisionEvaluation({ run, scope, mode, given });
        const results = service.outputs.map((key) => {
          const decision = graph.get(key);
          if (decision?.kind !== 'decision') return { name: key, value: null };
          const { value, failure } = inner.decide(decision);
          if (failure !== null) run.fail(failure.message, { from: 0, to: 0 });
          return { name: decision.resultNames[0]!, value };
        });
        if (results.length === 1) return results[0]!.value;
        const context = newContext();
        for (const { name, value } of results) context[name] = value;
        return context;
      },
    });
  }
}

function traceOf(
  decision: DecisionModel,
  parts: {
    readonly notes: TraceNotes;
    readonly requiredDecisions: readonly DecisionTrace[];
    readonly output: DecisionTrace['output'];
    readonly failure: string | null;
  },
): DecisionTrace {
  const { logic } = decision;
  return {
    decisionId: decision.decisionId,
    decisionName: decision.name,
    decisionType: logic.kind === 'decisionTable' ? 'decisionTable' : 'literalExpression',
    hitPolicy: logic.kind === 'decisionTable' ? logic.hitPolicy : null,
    ...parts.notes,
    output: parts.output,
    failure: parts.failure,
    requiredDecisions: parts.requiredDecisions,
  };
}
