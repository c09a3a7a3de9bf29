import type { EvaluationScope } from '../../expressions/expression.ts';
import type { JsonValue } from '../../json.ts';
import { evaluateDecision, type DecisionResult } from '../evaluate-decision.ts';
import { readDmn } from '../read-dmn.ts';

/** DMN 1.3 text around the given elements. */
export function dmn(elements: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="graph" name="Graph" namespace="urn:test">${elements}</definitions>`;
}

/** A table over the variable `x`: each rule is a cell and its outputs, written as FEEL. */
export function table(options: {
  readonly attributes: string;
  readonly rules: readonly (readonly [string, ...string[]])[];
  readonly outputs?: string;
}): string {
  const { attributes, rules, outputs = '<output id="out" name="out" />' } = options;
  const cell = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const rows = rules.map(
    ([input, ...results], index) => `<rule id="rule-${index + 1}"><inputEntry><text>${cell(input)}</text></inputEntry>
      ${results.map((result) => `<outputEntry><text>${cell(result)}</text></outputEntry>`).join('')}</rule>`,
  );
  return dmn(`<decision id="d" name="D"><decisionTable ${attributes}>
    <input id="in" label="X"><inputExpression><text>x</text></inputExpression></input>${outputs}${rows.join('')}
  </decisionTable></decision>`);
}

export function scopeOf(variables: Readonly<Record<string, JsonValue>>): EvaluationScope {
  return {
    variables: { get: (name) => variables[name], toContext: () => variables },
    now: Date.UTC(2026, 10, 20, 9),
    zone: 'Europe/Moscow',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
}

/** Reads the file and evaluates one of its decisions, by default the only one. */
export async function decide(
  xml: string,
  variables: Readonly<Record<string, JsonValue>>,
  decisionId = 'd',
): Promise<DecisionResult> {
  const { decisions } = await readDmn(xml);
  const decision = decisions.find((one) => one.decisionId === decisionId);
  if (decision === undefined) throw new Error(`The file has no decision <${decisionId}>`);
  return evaluateDecision({ decision, scope: scopeOf(variables) });
}
