import { evaluateDecision, readDmn, type EvaluationScope, type JsonValue } from '#engine';
import { measure, writeResults } from './measure.ts';

/**
 * A tariff table with columns compared by equality: 10,000 rows beside 100, per evaluation. The table is indexed, so a hundred
 * times the rows must cost nearly the same; without the index it would be a hundred times as much.
 * `node --import tsx --conditions=source bench/decisions.bench.ts` on a quiet machine; `BENCH_MS=300` for a look.
 */
const MILLISECONDS = Number(process.env['BENCH_MS'] ?? 1_500);
const BATCH = 100;

function tariffs(rows: number): string {
  const rules = Array.from(
    { length: rows },
    (_, row) => `<rule id="r${row}"><inputEntry><text>"C${Math.floor(row / 4)}"</text></inputEntry>
      <inputEntry><text>"zone ${row % 4}"</text></inputEntry><outputEntry><text>${row}</text></outputEntry></rule>`,
  );
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="g" name="g" namespace="urn:bench">
    <decision id="tariff" name="tariff"><decisionTable hitPolicy="UNIQUE">
      <input id="i1"><inputExpression><text>client</text></inputExpression></input>
      <input id="i2"><inputExpression><text>zone</text></inputExpression></input>
      <output id="o" name="o" />${rules.join('')}</decisionTable></decision></definitions>`;
}

function scopeOf(variables: Readonly<Record<string, JsonValue>>): EvaluationScope {
  return {
    variables: { get: (name) => variables[name], toContext: () => variables },
    now: 0,
    zone: 'UTC',
    calendars: { ids: [] } as unknown as EvaluationScope['calendars'],
  };
}

const rows: { readonly what: string; readonly perSecond: number; readonly microseconds: number }[] = [];
for (const size of [100, 10_000]) {
  const [decision] = (await readDmn(tariffs(size))).decisions;
  if (decision === undefined) throw new Error('Expected a decision');
  const scope = scopeOf({ client: `C${Math.floor(size / 8)}`, zone: 'zone 2' });
  const request = {
    name: `tariffs ${size}`,
    what: 'two equality columns, one rule matches',
    milliseconds: MILLISECONDS,
  };
  const { perCpuSecond } = await measure(request, () => {
    for (let index = 0; index < BATCH; index += 1) evaluateDecision({ decision, scope });
  });
  rows.push({ what: `${size} rows`, perSecond: perCpuSecond * BATCH, microseconds: 1e6 / (perCpuSecond * BATCH) });
}
const [small, large] = rows;
console.log(rows, `10,000 rows cost ${(large!.microseconds / small!.microseconds).toFixed(2)}× of 100`);
console.log(`written to ${await writeResults('decisions', rows)}`);
