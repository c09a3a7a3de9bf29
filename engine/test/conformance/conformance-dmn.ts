/**
 * `npm run conformance:dmn -- ../shared/conformance/dmn`: runs the public DMN compatibility kit in that folder (its README
 * describes the format) and prints passed / total per folder and the failing ids. `--verbose` adds what came out.
 * Exit code 1 when anything failed.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DecisionEvaluation } from '../../decisions/decision-evaluation.ts';
import type { GraphElement } from '../../decisions/decision-model.ts';
import { readGraph, type GraphReading } from '../../decisions/read-dmn.ts';
import { FeelRun } from '../../expressions/compiler/feel-run.ts';
import { invoke } from '../../expressions/compiler/invoke.ts';
import type { EvaluationScope } from '../../expressions/expression.ts';
import { compareNumbers, isNumber, parseNumber, subtract } from '../../expressions/values/decimal.ts';
import { equalValues } from '../../expressions/values/equality.ts';
import { textOf } from '../../expressions/values/feel-text.ts';
import { isContext, isList, keysOf, newContext, type FeelValue } from '../../expressions/values/feel-value.ts';
import { parseDate, parseDateTime, parseDuration, parseTime } from '../../expressions/values/temporal-text.ts';
import type { JsonValue } from '../../json.ts';
import { readXml, type XmlElement } from './read-xml.ts';

const TOLERANCE = 1e-8;

const args = process.argv.slice(2);
const verbose = args.includes('--verbose');
const [root, only] = args.filter((arg) => !arg.startsWith('--'));
if (root === undefined) {
  console.error('Expected the folder of the kit: npm run conformance:dmn -- ../shared/conformance/dmn');
  process.exit(2);
}

let passed = 0;
let total = 0;
for (const folder of await foldersUnder(root)) {
  if (only !== undefined && !folder.includes(only)) continue;
  const result = await runFolder(folder);
  passed += result.passed;
  total += result.total;
  const failing = result.failing.length === 0 ? '' : `  failing: ${result.failing.join(' ')}`;
  console.log(`${folder.slice(root.length + 1)}  ${result.passed} / ${result.total}${failing}`);
}
console.log(`total  ${passed} / ${total}`);
process.exitCode = passed === total ? 0 : 1;

/** Folders with a test file in them, at any depth. */
async function foldersUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const below = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => foldersUnder(join(folder, entry.name))),
  );
  const own = entries.some(({ name }) => /-test-.*\.xml$/.test(name)) ? [folder] : [];
  return [...own, ...below.flat()].sort();
}

async function runFolder(folder: string): Promise<{ passed: number; total: number; failing: string[] }> {
  const names = (await readdir(folder)).sort();
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.dmn'))
      .map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
  const failing: string[] = [];
  let count = 0;
  for (const file of names.filter((name) => /-test-.*\.xml$/.test(name))) {
    const suite = readXml(await readFile(join(folder, file), 'utf8'));
    const modelName = childrenOf(suite, 'modelName')[0]?.text.trim();
    const ordered = [...texts].sort((a, b) => Number(b.name === modelName) - Number(a.name === modelName));
    const reading = await readGraph(ordered.map(({ text }) => text));
    if (verbose) for (const { message } of reading.problems) console.log(`    problem: ${message.slice(0, 200)}`);
    for (const testCase of childrenOf(suite, 'testCase')) {
      for (const node of childrenOf(testCase, 'resultNode')) {
        count += 1;
        const name = `${testCase.attributes['id']}${childrenOf(testCase, 'resultNode').length > 1 ? `/${node.attributes['name']}` : ''}`;
        const { actual, why } = evaluateNode(reading, testCase, node);
        const expected = childrenOf(node, 'expected')[0];
        const wanted = expected === undefined ? null : valueOf(expected);
        if (same(actual, wanted)) continue;
        failing.push(name);
        if (verbose) console.log(`    ${name}: expected ${shown(wanted)}, got ${shown(actual)}${why}`);
      }
    }
  }
  return { passed: count - failing.length, total: count, failing };
}

function evaluateNode(
  { graph, definitions }: GraphReading,
  testCase: XmlElement,
  node: XmlElement,
): { readonly actual: FeelValue; readonly why: string } {
  const inputs = new Map(
    childrenOf(testCase, 'inputNode').map((input) => [input.attributes['name'] ?? '', valueOf(input)]),
  );
  const scope: EvaluationScope = {
    variables: { get: (name) => inputs.get(name) as JsonValue | undefined, toContext: () => ({}) },
    now: Date.now(),
    zone: 'UTC',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
  const declared: unknown = definitions[0]?.get('namespace');
  const namespace = typeof declared === 'string' ? declared : '';
  const elements = [...graph.values()].sort(
    (a, b) => Number(b.key.startsWith(`${namespace}#`)) - Number(a.key.startsWith(`${namespace}#`)),
  );
  const named = (kind: GraphElement['kind'], name: string): GraphElement | undefined =>
    elements.find((element) => element.kind === kind && nameOf(element) === name);
  const run = new FeelRun(scope);
  const invocable = testCase.attributes['invocableName'];
  const service = invocable === undefined ? undefined : named('service', invocable);
  // An input node that names a decision overrides it.
  const given = new Map<string, FeelValue>();
  for (const [name, value] of inputs) {
    const decision = named('decision', name);
    if (decision !== undefined) given.set(decision.key, value);
  }
  const evaluation = new DecisionEvaluation({ run, scope, mode: 'specification', given });
  const resultName = node.attributes['name'] ?? '';
  try {
    if (service?.kind === 'service') {
      const values = service.parameters.map(({ name }) => ({ name, value: inputs.get(name) ?? null }));
      const result = invoke(evaluation.service(service, graph), values, run, { from: 0, to: 0 });
      const several = service.outputs.length > 1 && isContext(result) && Object.hasOwn(result, resultName);
      return { actual: several ? result[resultName]! : result, why: run.failure === null ? '' : ` (${run.failure})` };
    }
    const decision = named('decision', resultName);
    if (decision?.kind !== 'decision') return { actual: null, why: ' (no such decision)' };
    const { value, failure, trace } = evaluation.decide(decision);
    const warnings = trace.warnings.map(({ message }) => message).join('; ');
    return { actual: value, why: ` (${failure?.message ?? warnings})` };
  } catch (error) {
    return { actual: null, why: ` (${String(error)})` };
  }
}

function nameOf(element: GraphElement): string {
  return element.name;
}

function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The value of an input, expected result, component or item. */
function valueOf(element: XmlElement): FeelValue {
  const list = childrenOf(element, 'list')[0];
  if (list !== undefined) return list.attributes['nil'] === 'true' ? null : childrenOf(list, 'item').map(valueOf);
  const components = childrenOf(element, 'component');
  if (components.length > 0) {
    const context = newContext();
    for (const component of components) context[component.attributes['name'] ?? ''] = valueOf(component);
    return context;
  }
  const value = childrenOf(element, 'value')[0];
  if (value === undefined || value.attributes['nil'] === 'true') return null;
  const type = (value.attributes['type'] ?? '').replace(/^.*:/, '');
  const text = value.text;
  switch (type) {
    case 'string':
      return text;
    case 'boolean':
      return text.trim() === 'true' || text.trim() === '1';
    case 'date':
      return parseDate(text.trim());
    case 'time':
      return parseTime(text.trim());
    case 'dateTime':
      return parseDateTime(text.trim());
    case 'duration':
    case 'dayTimeDuration':
    case 'yearMonthDuration':
      return parseDuration(text.trim());
    case '':
      return null;
    default:
      return parseNumber(text.trim());
  }
}

function same(a: FeelValue, b: FeelValue): boolean {
  if (a === null || b === null) return a === b;
  if (isNumber(a) && isNumber(b)) {
    const difference = subtract(a, b);
    return (
      difference !== null && compareNumbers(difference, TOLERANCE) <= 0 && compareNumbers(difference, -TOLERANCE) >= 0
    );
  }
  if (isList(a) && isList(b)) return a.length === b.length && a.every((item, index) => same(item, b[index]!));
  if (isContext(a) && isContext(b)) {
    const keys = keysOf(a);
    return keys.length === keysOf(b).length && keys.every((key) => Object.hasOwn(b, key) && same(a[key]!, b[key]!));
  }
  return equalValues(a, b, emptyRun()) === true;
}

function shown(value: FeelValue): string {
  return value === null ? 'null' : textOf(value, emptyRun());
}

function emptyRun(): FeelRun {
  return new FeelRun({
    variables: { get: () => undefined, toContext: () => ({}) },
    now: 0,
    zone: 'UTC',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  });
}
