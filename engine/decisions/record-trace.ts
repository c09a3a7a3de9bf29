import type { JsonValue } from '../json.ts';
import type { DecisionTrace } from './decision-trace.ts';

/** Of one value as JSON; an instance's history has room for 50,000 events (reliability.md §3.3), so each must stay small. */
const VALUE_LENGTH = 4_000;
const LIST_LENGTH = 100;

/**
 * The traces of an evaluation, required decisions before those that require them, each once: a decision that several others
 * require is evaluated once, though its trace hangs below each of them.
 */
export function tracesInOrder(trace: DecisionTrace): readonly DecisionTrace[] {
  const seen = new Set<DecisionTrace>();
  const visit = (one: DecisionTrace): void => {
    if (seen.has(one)) return;
    seen.add(one);
    one.requiredDecisions.forEach(visit);
    done.push(one);
  };
  const done: DecisionTrace[] = [];
  visit(trace);
  return done;
}

/**
 * The trace as it is kept: every decision once, long values cut with a mark, and long lists of inputs, rules and warnings
 * ended with `cut` saying how many are left out.
 */
export function recordTrace(trace: DecisionTrace): DecisionTrace {
  const kept = new Set(tracesInOrder(trace).slice(-LIST_LENGTH));
  const taken = new Set<DecisionTrace>();
  const record = (one: DecisionTrace): DecisionTrace => {
    taken.add(one);
    const { evaluatedInputs, matchedRules, warnings } = one;
    const cut =
      [evaluatedInputs, matchedRules, warnings].reduce((sum, list) => sum + Math.max(0, list.length - LIST_LENGTH), 0) +
      (one === trace ? tracesInOrder(trace).length - kept.size : 0);
    return {
      ...one,
      evaluatedInputs: evaluatedInputs
        .slice(0, LIST_LENGTH)
        .map((input) => ({ ...input, inputValue: shortened(input.inputValue) })),
      matchedRules: matchedRules.slice(0, LIST_LENGTH).map((rule) => ({
        ...rule,
        evaluatedOutputs: rule.evaluatedOutputs.map((output) => ({
          ...output,
          outputValue: shortened(output.outputValue),
        })),
      })),
      warnings: warnings.slice(0, LIST_LENGTH),
      output: shortened(one.output),
      // One by one: what a decision requires may also be required by the next one.
      requiredDecisions: one.requiredDecisions.flatMap((required) =>
        kept.has(required) && !taken.has(required) ? [record(required)] : [],
      ),
      ...(cut === 0 ? {} : { cut }),
    };
  };
  return record(trace);
}

function shortened(value: JsonValue): JsonValue {
  const text = JSON.stringify(value);
  return text.length <= VALUE_LENGTH ? value : `${text.slice(0, VALUE_LENGTH)}… (${text.length} characters)`;
}
