import { compileFeel, evaluate, evaluateDecision, readDmn, type EvaluationScope, type JsonValue } from '#engine';
import { measure, writeResults } from './measure.ts';

/**
 * FEEL and decision tables beside `feelin` in the same run (`BENCH_FEELIN`: where it is installed, it is no dependency of the
 * product): ratios hold on any machine, figures do not. A run is a batch, so that the clock does not weigh.
 */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 1_500);
const BATCH = 1_000;

interface Feelin {
  evaluate(text: string, context: object): unknown;
  unaryTest(text: string, context: object): { readonly value: unknown };
}

const feelin = await (import(process.env['BENCH_FEELIN'] ?? 'feelin') as Promise<Feelin>).catch(() => null);

function scopeOf(variables: Readonly<Record<string, JsonValue>>): EvaluationScope {
  return {
    variables: { get: (name) => variables[name], toContext: () => variables },
    now: 0,
    zone: 'UTC',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
}

async function rate(name: string, what: string, batch: number, once: () => void): Promise<number> {
  const run = (): void => {
    for (let index = 0; index < batch; index += 1) once();
  };
  const { perCpuSecond } = await measure({ name, what, milliseconds: MILLISECONDS }, run);
  return perCpuSecond * batch;
}

const rows: object[] = [];
function note(name: string, ours: number, theirs: number | null, goal: string): void {
  const ratio = theirs === null ? null : Math.round(ours / theirs);
  console.log(
    `${name}: ${Math.round(ours).toLocaleString('en')}/s (${(1e6 / ours).toPrecision(3)} µs)` +
      (theirs === null ? '' : `; feelin ${Math.round(theirs).toLocaleString('en')}/s, ratio ${ratio}`) +
      `; goal ${goal}`,
  );
  rows.push({
    name,
    perSecond: Math.round(ours),
    microseconds: Number((1e6 / ours).toPrecision(3)),
    feelin: theirs,
    ratio,
    goal,
  });
}

const CONDITION = 'amount > 1000 and region = "north"';
const data = { amount: 1500, region: 'north' };
const scope = scopeOf(data);
const condition = compileFeel(CONDITION);
const peer = feelin === null ? null : await rate('feelin', CONDITION, 10, () => feelin.evaluate(CONDITION, data));
note(
  'condition',
  await rate('condition', CONDITION, BATCH, () => evaluate(condition, scope)),
  peer,
  '≥ 500× and ≤ 1 µs',
);

let fresh = 0;
note(
  'compile',
  await rate('compile', 'a new text each time', 10, () => compileFeel(`amount > ${(fresh += 1)} and region = "north"`)),
  null,
  '≤ 500 µs',
);

const integers = compileFeel('a * b + c - a');
const decimals = scopeOf({ a: 1234.56, b: 0.2, c: 99.95 });
const wholes = scopeOf({ a: 123456, b: 20, c: 9995 });
const wholeRate = await rate('integers', 'a * b + c - a', BATCH, () => evaluate(integers, wholes));
const decimalRate = await rate('decimals', 'a * b + c - a', BATCH, () => evaluate(integers, decimals));
note('integer arithmetic', wholeRate, null, '');
note('decimal arithmetic', decimalRate, null, `cost ≤ 5× the integer path: ${(wholeRate / decimalRate).toFixed(2)}×`);

const rules = Array.from({ length: 20 }, (_, index) => [
  `[${index * 100}..${index * 100 + 99}]`,
  '"north"',
  `${index}`,
]);
const xml = `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="g" name="g" namespace="urn:bench">
  <decision id="d" name="d"><decisionTable hitPolicy="FIRST">
    <input id="i1"><inputExpression><text>amount</text></inputExpression></input>
    <input id="i2"><inputExpression><text>region</text></inputExpression></input>
    <output id="o" name="o" />
    ${rules.map(([amount, region, output]) => `<rule><inputEntry><text>${amount}</text></inputEntry><inputEntry><text>${region}</text></inputEntry><outputEntry><text>${output}</text></outputEntry></rule>`).join('')}
  </decisionTable></decision></definitions>`;
const [decision] = (await readDmn(xml)).decisions;
if (decision === undefined) throw new Error('Expected a decision');
const table = await rate('table', '20 rules, the 16th hits', 100, () => evaluateDecision({ decision, scope }));
/** The same table by feelin: each cell is a unary test, read anew. */
const peerTable =
  feelin === null
    ? null
    : await rate('feelin table', '20 rules', 1, () => {
        for (const [amount, region, output] of rules) {
          const hit =
            feelin.unaryTest(amount!, { '?': data.amount }).value === true &&
            feelin.unaryTest(region!, { '?': data.region }).value === true;
          if (hit) return void feelin.evaluate(output!, data);
        }
      });
note('decision table of 20 rules', table, peerTable, '≥ 100×');

/** Each may do its million steps and must end by a typed error within 100 ms of that budget, which is 100 ms. */
const rows3000 = Array.from({ length: 3_000 }, (_, index) => index);
const hostileScope = scopeOf({
  ...{ n: 1_000_000, list: rows3000, text: 'x'.repeat(1_000_000), letters: 'a'.repeat(100_000) },
  entries: Object.fromEntries(rows3000.map((index) => [`k${index}`, index])),
});
const HOSTILE = [
  'for i in 1..n, j in 1..n return 1',
  '{f: function(x) if x < 2 then x else f(x - 1) + f(x - 2), r: f(60)}.r',
  'for i in 1..40 return [partial, partial]',
  '{l: for i in 1..60 return [partial, partial], r: l = l}.r',
  '{f: function(s, n) if n = 0 then s else f(replace(s, "a", "aaaaaaaaaaaaaaaa"), n - 1), r: f("a", 40)}.r',
  'for i in 1..n return upper case(text)',
  'for i in 1..n return substring(text, 3, 500000)',
  'for i in 1..n return text = text + ""',
  'for i in 1..n return sort(list)',
  'for i in 1..n return context put(entries, "a", 1)',
  'for i in 1..n return 1 / 3 * i',
  'for i in 1..n return exp(1.1)',
  'for i in 1..n return matches("a", string(i))',
  'for i in 1..n return replace(letters, "a", "bb")',
  'for i in 1..n return @"2020-01-01T00:00:00@Europe/Moscow" + duration("PT1H")',
  'for i in 1..n return function(x) x',
  'for i in 1..n return "a" + i',
  'replace(letters, "a*?b|a", "cc")',
  'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "^(a|aa)+\\1$")',
];
let slowest = { text: '', milliseconds: 0 };
for (const text of HOSTILE) {
  const expression = compileFeel(text);
  const started = process.cpuUsage();
  const evaluation = evaluate(expression, hostileScope);
  const { user, system } = process.cpuUsage(started);
  const milliseconds = (user + system) / 1_000;
  if (evaluation.ok) throw new Error(`Expected <${text}> to end by an error`);
  if (milliseconds > slowest.milliseconds) slowest = { text, milliseconds };
}
console.log(
  `slowest of ${HOSTILE.length} hostile expressions: ${slowest.milliseconds.toFixed(0)} ms, <${slowest.text}>; goal ≤ 200 ms`,
);
rows.push({ name: 'slowest hostile expression', ...slowest, goal: 'budget of 100 ms and 100 ms more' });

console.log(`written to ${await writeResults('feel', rows)}`);
