import type { JsonValue } from '../json.ts';
import type { DecisionTable } from './decision-model.ts';
import { equalJson } from './equal-json.ts';

/** The outputs of one matching rule, in column order. */
export interface Hit {
  /** 1-based place in the table. */
  readonly ruleIndex: number;
  readonly outputs: readonly JsonValue[];
}

export type HitResult =
  { readonly ok: true; readonly output: JsonValue } | { readonly ok: false; readonly message: string };

/**
 * One result from at least one matching rule: DMN 1.5 §8.2.10 (hit policy) and §8.2.11 (no hit is the caller's case).
 * Single hit: the plain value of a single output, a context of several. Multiple hit: a list of those, or an aggregate.
 * `priorities` holds, per output, the declared output values, highest priority first.
 */
export function applyHitPolicy(
  table: DecisionTable,
  hits: readonly Hit[],
  priorities: readonly (readonly JsonValue[])[],
): HitResult {
  const first = hits[0]!;
  const ruleNumbers = hits.map((hit) => hit.ruleIndex).join(', ');
  const value = (hit: Hit): JsonValue => shape(table, hit.outputs);
  switch (table.hitPolicy) {
    case 'UNIQUE':
      if (hits.length === 1) return succeed(value(first));
      return fail(
        `Expected one matching rule (UNIQUE), but rules ${ruleNumbers} match. Make their conditions exclude each other.`,
      );
    case 'ANY':
      if (hits.every((hit) => hit.outputs.every((output, index) => equalJson(output, first.outputs[index]!)))) {
        return succeed(value(first));
      }
      return fail(`Expected equal outputs (ANY), but rules ${ruleNumbers} match with different ones. Make them agree.`);
    case 'FIRST':
      return succeed(value(first));
    case 'PRIORITY': {
      const sorted = byPriority(table, hits, priorities);
      return typeof sorted === 'string' ? fail(sorted) : succeed(value(sorted[0]!));
    }
    case 'OUTPUT ORDER': {
      const sorted = byPriority(table, hits, priorities);
      return typeof sorted === 'string' ? fail(sorted) : succeed(sorted.map(value));
    }
    case 'RULE ORDER':
      return succeed(hits.map(value));
    case 'COLLECT':
      return table.aggregation === null ? succeed(hits.map(value)) : aggregate(table, hits);
  }
}

/** The value of a single output, or a context of several by output name. */
export function shape(table: DecisionTable, outputs: readonly JsonValue[]): JsonValue {
  if (table.outputs.length === 1) return outputs[0] ?? null;
  return Object.fromEntries(table.outputs.map((output, index) => [output.name, outputs[index] ?? null]));
}

/** Hits by declared output values, the first output deciding first; equal ones keep rule order. Or the message of a failure. */
function byPriority(
  table: DecisionTable,
  hits: readonly Hit[],
  priorities: readonly (readonly JsonValue[])[],
): readonly Hit[] | string {
  const ranked: { readonly hit: Hit; readonly ranks: readonly number[] }[] = [];
  for (const hit of hits) {
    const ranks: number[] = [];
    for (const [index, declared] of priorities.entries()) {
      if (declared.length === 0) continue;
      const output = hit.outputs[index]!;
      const rank = declared.findIndex((candidate) => equalJson(candidate, output));
      if (rank < 0) {
        return `Expected an output value of <${table.outputs[index]!.label}> declared with its priority, but rule ${hit.ruleIndex} gives ${JSON.stringify(output)}. Add it to the output values.`;
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

function aggregate(table: DecisionTable, hits: readonly Hit[]): HitResult {
  if (table.aggregation === 'COUNT') return succeed(hits.length);
  const values: number[] = [];
  for (const { ruleIndex, outputs } of hits) {
    const [value] = outputs;
    if (typeof value !== 'number') {
      return fail(
        `Expected a number to aggregate (${table.aggregation}), but rule ${ruleIndex} gives ${JSON.stringify(value)}.`,
      );
    }
    values.push(value);
  }
  switch (table.aggregation) {
    case 'SUM':
      return succeed(values.reduce((sum, value) => sum + value, 0));
    case 'MIN':
      return succeed(values.reduce((least, value) => Math.min(least, value)));
    default:
      return succeed(values.reduce((most, value) => Math.max(most, value)));
  }
}

function succeed(output: JsonValue): HitResult {
  return { ok: true, output };
}

function fail(message: string): HitResult {
  return { ok: false, message };
}
