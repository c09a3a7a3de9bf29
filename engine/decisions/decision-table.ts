import type { Expression } from '../expressions/expression.ts';
import type { FeelRun } from '../expressions/compiler/feel-run.ts';
import { toJson } from '../expressions/json-boundary.ts';
import { passesIn, valueIn } from '../expressions/run.ts';
import { coerce } from '../expressions/values/conforms.ts';
import { isList, type FeelValue } from '../expressions/values/feel-value.ts';
import type { DecisionTable, OutputClause } from './decision-model.ts';
import type { DecisionWarning, EvaluatedInput, MatchedRule } from './decision-trace.ts';
import { fromTypedJson } from './from-typed-json.ts';
import { candidateRules } from './table-index.ts';
import { applyHitPolicy, shape, type Hit } from './hit-policies.ts';

/** What evaluating logic shows on the way; filled as it goes. */
export interface TraceNotes {
  readonly evaluatedInputs: EvaluatedInput[];
  readonly matchedRules: MatchedRule[];
  readonly warnings: DecisionWarning[];
}

/** A decision whose result cannot be trusted; it is null for those who ask no further (DMN 1.5 §8.2.10). */
export class DecisionRefusal extends Error {}

/**
 * DMN 1.5 §8. Inputs are evaluated once; rules are tried in order, a FIRST table stops at its first hit; only outputs of
 * matching rules are evaluated. No hit: the default output values when some output has one, else null (§8.2.11).
 * Throws DecisionRefusal.
 */
export function evaluateTable(table: DecisionTable, run: FeelRun, notes: TraceNotes): FeelValue {
  const noteWarnings = (expression: Expression): void => {
    if (run.warnings.length === 0) return;
    for (const warning of run.takeWarnings()) notes.warnings.push({ ...warning, expression: expression.text });
  };

  const read = (expression: Expression, where: string): FeelValue => {
    run.takeFailure();
    const value = valueIn(expression, run);
    noteWarnings(expression);
    const failure = run.takeFailure();
    if (value === null && failure !== null) {
      throw new DecisionRefusal(`${where}: ${failure} Expression <${expression.text}>.`);
    }
    return value;
  };

  const passes = (tests: Expression, slots: FeelValue[]): boolean => {
    const result = passesIn(tests, slots, run);
    noteWarnings(tests);
    run.failure = null;
    return result;
  };

  const inputs = table.inputs.map(({ inputId, label, expression, type, allowedValues }) => {
    const found = fromTypedJson(read(expression, `Input <${label}>`), type);
    const base = type.kind === 'constrained' ? type.base : type;
    const value = coerce(found, base) ?? found;
    const inputValue = toJson(value);
    notes.evaluatedInputs.push({ inputId, inputName: label, expression: expression.text, inputValue });
    if (allowedValues !== null && value !== null && !admitted(value, (one) => passes(allowedValues, [one]))) {
      throw new DecisionRefusal(
        `Expected input <${label}> to be one of ${allowedValues.text}, got ${JSON.stringify(inputValue)}.`,
      );
    }
    return value;
  });

  const hits: Hit[] = [];
  // Every test writes the locals it reads, so that the tests of a column can share them.
  const columns = inputs.map((input) => [input]);
  const matches = (entries: readonly Expression[]): boolean => {
    for (let column = 0; column < columns.length; column += 1) {
      if (!passes(entries[column]!, columns[column]!)) return false;
    }
    return true;
  };
  const candidates = candidateRules(table, inputs);
  const count = candidates?.length ?? table.rules.length;
  for (let at = 0; at < count; at += 1) {
    run.spend(1);
    const index = candidates?.[at] ?? at;
    const rule = table.rules[index]!;
    const ruleIndex = index + 1;
    if (!matches(rule.inputEntries)) continue;
    const outputs = rule.outputEntries.map((entry, column) => {
      const clause = table.outputs[column]!;
      const value = typed(read(entry, `Rule ${ruleIndex}, output <${clause.label}>`), clause);
      const tests = clause.allowedValues;
      if (!allows(clause, value, tests === null ? null : (one) => passes(tests, [one]))) {
        const allowed = tests?.text ?? (clause.type as { allowedText: string }).allowedText;
        throw new DecisionRefusal(
          `Expected output <${clause.label}> to be one of ${allowed}, but rule ${ruleIndex} gives ${JSON.stringify(toJson(value))}.`,
        );
      }
      return value;
    });
    hits.push({ ruleIndex, outputs });
    notes.matchedRules.push({
      ruleId: rule.ruleId,
      ruleIndex,
      annotation: rule.annotation,
      evaluatedOutputs: table.outputs.map(({ outputId, name, label }, column) => ({
        outputId,
        outputName: name === '' ? label : name,
        outputValue: toJson(outputs[column]),
      })),
    });
    if (table.hitPolicy === 'FIRST') break;
  }

  if (hits.length === 0) {
    if (table.outputs.every((output) => output.defaultValue === null)) {
      notes.warnings.push({ message: 'No rule matches, and no output has a default', from: 0, to: 0, expression: '' });
      return null;
    }
    return shape(
      table,
      table.outputs.map(({ defaultValue, label }) =>
        defaultValue === null ? null : read(defaultValue, `Default of <${label}>`),
      ),
    );
  }
  const ordered = table.hitPolicy === 'PRIORITY' || table.hitPolicy === 'OUTPUT ORDER';
  const priorities = !ordered
    ? []
    : table.outputs.map(({ outputValues, label }): readonly FeelValue[] => {
        if (outputValues === null) return [];
        const values = read(outputValues, `Output values of <${label}>`);
        return isList(values) ? values : [values];
      });
  const result = applyHitPolicy(table, hits, priorities, run);
  if (!result.ok) throw new DecisionRefusal(result.message);
  return result.output;
}

/** Each element of a list must be admitted, or the list as a whole. */
function admitted(value: FeelValue, passes: (one: FeelValue) => boolean): boolean {
  return passes(value) || (isList(value) && value.length > 0 && value.every(passes));
}

/** Whether an output is among those declared for its column, by the clause or by the allowed values of its type. */
function allows({ type }: OutputClause, value: FeelValue, passes: ((one: FeelValue) => boolean) | null): boolean {
  if (value === null) return true;
  if (passes !== null) return admitted(value, passes);
  return type.kind !== 'constrained' || coerce(value, type) !== undefined || coerce(value, type.base) === undefined;
}

function typed(value: FeelValue, { type }: OutputClause): FeelValue {
  return coerce(value, type) ?? value;
}
