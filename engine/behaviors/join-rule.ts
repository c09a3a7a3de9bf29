import type { ProcessModel } from '../model/process-model.ts';
import { waysInto, type ScopeSurvey, type WaitingJoin } from './survey-scope.ts';

/** What a join still waits for. */
interface Hopes {
  /** Something that lives. */
  readonly living: boolean;
  /** Other joins, whose tokens wait themselves. */
  readonly joins: readonly WaitingJoin[];
}

/**
 * Whether a join is open by the rule of BPMN 2.0.2 §13.4.3: no token can reach an empty incoming flow, unless it can
 * reach one that is not empty as well.
 */
export function opens(model: ProcessModel, survey: ScopeSurvey, join: WaitingJoin): boolean {
  if (join.opensBy !== 'rule') return false;
  const { living, joins } = hopesOf(model, survey, join);
  return !living && joins.length === 0;
}

/**
 * When no join is open and some wait for nothing that lives, but only for each other or for tokens that can never move:
 * the one that goes first (ADR 0005). Undefined while everything waits for something that lives.
 */
export function firstInLine(model: ProcessModel, survey: ScopeSurvey): WaitingJoin | undefined {
  if (survey.joins.every(({ opensBy }) => opensBy !== 'rule')) return undefined;
  const hopes = new Map(survey.joins.map((join) => [join, hopesOf(model, survey, join)] as const));
  const stuck = stuckAmong(survey.joins, hopes);
  return survey.joins.find((join) => join.opensBy === 'rule' && stuck.has(join) && isFirst(join, hopes));
}

function hopesOf(model: ProcessModel, { joins, living }: ScopeSurvey, join: WaitingJoin): Hopes {
  // What lives may change what the activation condition reads, and it mends an incident.
  const livesAnyway = join.opensBy === 'busy' || (join.opensBy === 'condition' && living.length > 0);
  if (livesAnyway || living.some(({ elementId }) => waysInto(model, join, elementId).length > 0)) {
    return { living: true, joins: [] };
  }
  const others = joins.filter((other) => other !== join && waysInto(model, join, other.node.id).length > 0);
  return { living: false, joins: others };
}

/** The joins that wait, through whatever other joins, for nothing that lives. */
function stuckAmong(joins: readonly WaitingJoin[], hopes: ReadonlyMap<WaitingJoin, Hopes>): ReadonlySet<WaitingJoin> {
  const stuck = new Set(joins);
  for (let before = -1; before !== stuck.size;) {
    before = stuck.size;
    for (const join of stuck) {
      const { living, joins: others } = hopes.get(join) ?? { living: false, joins: [] };
      if (living || others.some((other) => !stuck.has(other))) stuck.delete(join);
    }
  }
  return stuck;
}

/** Whether every join by the rule that this one waits for, at whatever remove, waits for this one too. */
function isFirst(join: WaitingJoin, hopes: ReadonlyMap<WaitingJoin, Hopes>): boolean {
  return [...awaitedBy(join, hopes)].every((other) => other.opensBy !== 'rule' || awaitedBy(other, hopes).has(join));
}

function awaitedBy(join: WaitingJoin, hopes: ReadonlyMap<WaitingJoin, Hopes>): ReadonlySet<WaitingJoin> {
  const awaited = new Set<WaitingJoin>();
  const queue = [...(hopes.get(join)?.joins ?? [])];
  for (let other = queue.pop(); other !== undefined; other = queue.pop()) {
    if (awaited.has(other)) continue;
    awaited.add(other);
    queue.push(...(hopes.get(other)?.joins ?? []));
  }
  return awaited;
}
