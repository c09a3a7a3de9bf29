import type { FeelRun } from '../expressions/compiler/feel-run.ts';
import { add, isNumber, type FeelNumber } from '../expressions/values/decimal.ts';
import { compareValues, equalValues } from '../expressions/values/equality.ts';
import { newContext, type FeelValue } from '../expressions/values/feel-value.ts';
import { kindName } from '../expressions/values/kind-name.ts';
import type { DecisionTable } from './decision-model.ts';

/** The outputs of one matching rule, in column order. */
export interface Hit {
  /** 1-based place in the table. */
  readonly ruleIndex: number;
  readonly outputs: readonly FeelValue[];
}

export type HitResult =
  { readonly ok: true; readonly output: FeelValue } | { readonly ok: false; readonly message: string };

/**
 * One result from at least one matching rule: DMN 1.5 §8.2.10 (hit policy) and §8.2.11 (no hit is the caller's case).
 * Single hit: the plain value of a single output, a context of several. Multiple hit: a list of those, or an aggregate.
 * `priorities` holds, per output, the declared output values, highest priority first.
 */
export function applyHitPolicy(
  table: DecisionTable,
  hits: readonly Hit[],
  priorities: readonly (readonly FeelValue[])[],
  run: FeelRun,
): HitResult {
  const first = hits[0]!;
  const ruleNumbers = hits.map((hit) => hit.ruleIndex).join(', ');
  const value = (hit: Hit): FeelValue => shape(table, hit.outputs);
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (hits.length === 1) return succeed(value(first));
      return fail(
        `Expected one matching rule (UNIQUE), but rules ${ruleNumbers} match. Make their conditions exclude each other.`,
      );
    case 'ANY':
      if (
        hits.every((hit) =>
          hit.outputs.every((output, index) => equalValues(output, first.outputs[index]!, run) === true),
        )
      ) {
        return succeed(value(first));
      }
      return fail(`Expected equal outputs (ANY), but rules ${ruleNumbers} match with different ones. Make them agree.`);
    case 'FIRST':
      return succeed(value(first));
    case 'PRIORITY': {
      const sorted = byPriority(table, hits, priorities, run);
      return typeof sorted === 'string' ? fail(sorted) : succeed(value(sorted[0]!));
    }
    case 'OUTPUT ORDER': {
      const sorted = byPriority(table, hits, priorities, run);
      return typeof sorted === 'string' ? fail(sorted) : succeed(sorted.map(value));
    }
    case 'RULE ORDER':
      return succeed(hits.map(value));
    case 'COLLECT':
      return table.aggregation === null ? succeed(hits.map(value)) : aggregate(table, hits);
  }
}

/** The value of a single output, or a context of several by output name. */
export function shape(table: DecisionTable, outputs: readonly FeelValue[]): FeelValue {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  const context = newContext();
  for (const [index, { name }] of table.outputs.entries()) context[name] = outputs[index] ?? null;
  return context;
}

/** Hits by declared output values, the first output deciding first; equal ones keep rule order. Or the message of a failure. */
function byPriority(
  table: DecisionTable,
  hits: readonly Hit[],
  priorities: readonly (readonly FeelValue[])[],
  run: FeelRun,
): readonly Hit[] | string {
  const ranked: { readonly hit: Hit; readonly ranks: readonly number[] }[] = [];
  for (const hit of hits) {
    const ranks: number[] = [];
    for (const [index, declared] of priorities.entries()) {
      if (declared.length === 0) continue;
      const output = hit.outputs[index]!;
      const rank = declared.findIndex((candidate) => equalValues(candidate, output, run) === true);
      if (rank < 0) {
        return `Expected an output value of <${table.outputs[index]!.label}> declared with its priority, but rule ${hit.ruleIndex} gives ${shown(output)}. Add it to the output values.`;
      }
      ranks.push(rank);
    }
    ranked.push({ hit, ranks });
  }
  return ranked
    .sort((a, b) => {
      const index = a.ranks.findIndex((rank, place) => rank !== b.ranks[place]);
      return index < 0 ? a.hit.ruleIndex - b.hit.ruleIndex : a.ranks[index]! - b.ranks[index]!;
    })
    .map(({ hit }) => hit);
}

/** MIN and MAX compare as the functions of FEEL do: numbers, texts, and temporal values of one kind. */
function aggregate(table: DecisionTable, hits: readonly Hit[]): HitResult {
  const { aggregation } = table;
  if (aggregation === 'COUNT') return succeed(hits.length);
  const values = hits.map(({ outputs }) => outputs[0]!);
  const [first, ...rest] = values as [FeelValue, ...FeelValue[]];
  const odd = values.findIndex((value) =>
    aggregation === 'SUM' || isNumber(first) ? !isNumber(value) : compareValues(value, first) === null,
  );
  if (odd >= 0) {
    const expected = aggregation === 'SUM' || isNumber(first) ? 'a number' : 'a value that can be compared';
    const { ruleIndex } = hits[odd]!;
    return fail(
      `Expected ${expected} to aggregate (${aggregation}), but rule ${ruleIndex} gives ${shown(values[odd]!)}.`,
    );
  }
  if (aggregation === 'SUM') {
    const sum = (rest as FeelNumber[]).reduce<FeelNumber | null>(
      (total, value) => (total === null ? null : add(total, value)),
      first as FeelNumber,
    );
    return succeed(sum);
  }
  const sign = aggregation === 'MIN' ? -1 : 1;
  return succeed(rest.reduce((best, value) => (compareValues(value, best)! * sign > 0 ? value : best), first));
}

function shown(value: FeelValue): string {
  return typeof value === 'string' ? JSON.stringify(value) : isNumber(value) ? String(value) : kindName(value);
}

function succeed(output: FeelValue): HitResult {
  return { ok: true, output };
}

function fail(message: string): HitResult {
  return { ok: false, message };
}
