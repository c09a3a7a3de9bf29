import type { DmnElement } from 'dmn-moddle';
import type { Expression } from '../expressions/expression.ts';
import type { FeelType } from '../expressions/values/feel-type.ts';
import { compileTestsOf, compileTextOf, typeOf, type BoxedScope } from './boxed-scope.ts';
import type {
  Aggregation,
  DecisionRule,
  DecisionTable,
  HitPolicy,
  InputClause,
  OutputClause,
} from './decision-model.ts';
import { childOf, listOf, textOf } from './dmn-element.ts';

const HIT_POLICIES: readonly HitPolicy[] = [
  'UNIQUE',
  'ANY',
  'PRIORITY',
  'FIRST',
  'RULE ORDER',
  'OUTPUT ORDER',
  'COLLECT',
];
const AGGREGATIONS: readonly Aggregation[] = ['SUM', 'COUNT', 'MIN', 'MAX'];

type TableScope = BoxedScope;

/** A decision table of DMN 1.5 §8; problems are reported, and the table is undefined when one leaves nothing to run. */
export function compileTable(table: DmnElement, scope: BoxedScope): DecisionTable | undefined {
  const decision = scope.owner;
  const id = decision.id ?? '';
  const hitPolicy = (textOf(table, 'hitPolicy') || 'UNIQUE') as HitPolicy;
  if (!HIT_POLICIES.includes(hitPolicy)) {
    scope.add(
      decision,
      'unknown-hit-policy',
      `Unknown hit policy <${hitPolicy}> of <${id}>.`,
      `Use one of ${HIT_POLICIES.join(', ')}.`,
    );
    return undefined;
  }
  const aggregation = readAggregation(decision, table, hitPolicy, scope);
  const inputs = listOf(table, 'input').map((input, index) => compileInput(decision, input, index, scope));
  const ordered = hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
  const outputs = listOf(table, 'output').map((output, index) =>
    compileOutput(decision, output, index, ordered, scope),
  );
  const runs = checkOutputs({ decision, hitPolicy, aggregation, outputs, ordered, scope });
  const inputCount = inputs.length;
  const rules = listOf(table, 'rule').map((rule, index) =>
    compileRule({ decision, rule, index, inputCount, outputCount: outputs.length, scope }),
  );
  if (!runs || [...inputs, ...outputs, ...rules].includes(undefined)) return undefined;
  return {
    kind: 'decisionTable',
    hitPolicy,
    aggregation,
    inputs: inputs as InputClause[],
    outputs: outputs as OutputClause[],
    rules: rules as DecisionRule[],
  };
}

function readAggregation(
  decision: DmnElement,
  table: DmnElement,
  hitPolicy: HitPolicy,
  scope: TableScope,
): Aggregation | null {
  const aggregation = textOf(table, 'aggregation') as Aggregation | '';
  if (aggregation === '') return null;
  if (AGGREGATIONS.includes(aggregation) && hitPolicy === 'COLLECT') return aggregation;
  scope.add(
    decision,
    'unknown-aggregation',
    `The aggregation <${aggregation}> does not go with the hit policy ${hitPolicy}.`,
    'Use SUM, COUNT, MIN or MAX with COLLECT.',
  );
  return null;
}

function compileInput(
  decision: DmnElement,
  input: DmnElement,
  index: number,
  scope: TableScope,
): InputClause | undefined {
  const inputId = input.id ?? `${decision.id ?? ''}.input${index + 1}`;
  const source = childOf(input, 'inputExpression');
  const text = textOf(source, 'text');
  const label = textOf(input, 'label') || text;
  if (source === undefined || text.trim() === '') {
    scope.add(
      input.id === undefined ? decision : input,
      'no-expression',
      `Input ${index + 1} of <${decision.id}> has no expression.`,
      'Write which value the column tests.',
    );
    return undefined;
  }
  const holder = source.id === undefined ? decision : source;
  const expression = compileTextOf(holder, text, scope);
  const allowed = textOf(childOf(input, 'inputValues'), 'text');
  const allowedValues = allowed.trim() === '' ? null : compileTestsOf(holder, allowed, scope);
  if (expression === undefined || allowedValues === undefined) return undefined;
  return { inputId, label, expression, type: typeOf(source, scope), allowedValues };
}

function compileOutput(
  decision: DmnElement,
  output: DmnElement,
  index: number,
  ordered: boolean,
  scope: TableScope,
): OutputClause | undefined {
  const outputId = output.id ?? `${decision.id ?? ''}.output${index + 1}`;
  const name = output.name ?? '';
  const holder = output.id === undefined ? decision : output;
  const type: FeelType = typeOf(output, scope);
  const declared = textOf(childOf(output, 'outputValues'), 'text');
  const allowedValues = declared.trim() === '' ? null : compileTestsOf(holder, declared, scope);
  // Priorities may also come from the allowed values of the column's type (§8.2.10).
  const priorities = declared.trim() !== '' ? declared : type.kind === 'constrained' ? type.allowedText : '';
  const outputValues = !ordered || priorities === '' ? null : compileTextOf(holder, `[${priorities}]`, scope);
  const fallback = textOf(childOf(output, 'defaultOutputEntry'), 'text');
  const defaultValue = fallback.trim() === '' ? null : compileTextOf(holder, fallback, scope);
  if (allowedValues === undefined || outputValues === undefined || defaultValue === undefined) return undefined;
  const label = textOf(output, 'label') || name || outputId;
  return { outputId, name, label, type, allowedValues, outputValues, defaultValue };
}

function checkOutputs(options: {
  readonly decision: DmnElement;
  readonly hitPolicy: HitPolicy;
  readonly aggregation: Aggregation | null;
  readonly outputs: readonly (OutputClause | undefined)[];
  readonly ordered: boolean;
  readonly scope: TableScope;
}): boolean {
  const { decision, hitPolicy, aggregation, outputs, ordered, scope } = options;
  let runs = true;
  const add = (code: string, message: string, remedy: string): void => {
    runs = false;
    scope.add(decision, code, message, remedy);
  };
  const id = decision.id ?? '';
  if (outputs.length === 0) add('no-output', `The table <${id}> has no output.`, 'Add an output column.');
  const names = outputs.map((output) => output?.name ?? '');
  if (outputs.length > 1 && (names.includes('') || new Set(names).size < names.length)) {
    add('output-names', `The outputs of <${id}> need different names.`, 'Name each output column.');
  }
  if (names.some((name) => ['__proto__', 'constructor', 'prototype'].includes(name))) {
    add('output-names', `An output of <${id}> has a reserved name.`, 'Choose another name.');
  }
  if (aggregation !== null && aggregation !== 'COUNT' && outputs.length > 1) {
    add(
      'unknown-aggregation',
      `${aggregation} needs a single output, <${id}> has ${outputs.length}.`,
      'Split the table.',
    );
  }
  if (ordered && outputs.every((output) => output?.outputValues === null)) {
    add(
      'no-output-values',
      `${hitPolicy} of <${id}> needs output values, highest priority first.`,
      'List them in the output column.',
    );
  }
  return runs;
}

function compileRule(options: {
  readonly decision: DmnElement;
  readonly rule: DmnElement;
  readonly index: number;
  readonly inputCount: number;
  readonly outputCount: number;
  readonly scope: TableScope;
}): DecisionRule | undefined {
  const { decision, rule, index, inputCount, outputCount, scope } = options;
  const holderOf = (entry: DmnElement): DmnElement =>
    entry.id !== undefined ? entry : rule.id !== undefined ? rule : decision;
  const inputs = listOf(rule, 'inputEntry');
  const outputs = listOf(rule, 'outputEntry');
  if (inputs.length !== inputCount || outputs.length !== outputCount) {
    scope.add(
      rule.id === undefined ? decision : rule,
      'rule-cells',
      `Rule ${index + 1} of <${decision.id}> has ${inputs.length} + ${outputs.length} cells, the table ${inputCount} + ${outputCount} columns.`,
      'Fill the row or remove it.',
    );
    return undefined;
  }
  const inputEntries = inputs.map((entry) => compileTestsOf(holderOf(entry), textOf(entry, 'text'), scope));
  const outputEntries = outputs.map((entry) => {
    const text = textOf(entry, 'text');
    return compileTextOf(holderOf(entry), text.trim() === '' ? 'null' : text, scope);
  });
  if ([...inputEntries, ...outputEntries].includes(undefined)) return undefined;
  return {
    ruleId: rule.id ?? `${decision.id ?? ''}.rule${index + 1}`,
    annotation: annotationOf(rule),
    inputEntries: inputEntries as Expression[],
    outputEntries: outputEntries as Expression[],
  };
}

/** dmn-js writes the annotation column as the rule's description; DMN 1.3 has annotation entries. */
function annotationOf(rule: DmnElement): string | null {
  const entries = listOf(rule, 'annotationEntry').map((entry) => textOf(entry, 'text').trim());
  const text = entries.filter((entry) => entry !== '').join('; ') || textOf(rule, 'description').trim();
  return text === '' ? null : text;
}
