import type { ElementInstance } from '../instance.ts';
import type { Key } from '../key.ts';
import type { Activity, StandardLoop } from '../model/process-model.ts';
import { emit } from './emit.ts';
import { evaluateValue, mismatch } from './evaluate-value.ts';
import type { InnerCompletion } from './inner-completion.ts';
import { openBoundaryEvents } from './open-event.ts';
import { schedule, type Run } from './run.ts';

/**
 * Standard loop (BPMN 2.0.2 §10.3.8, §13.3.6): `testBefore`, `loopCondition`, `loopMaximum`. Goes on while the condition is
 * true, which is asked after each pass, and before the first one with `testBefore`; the maximum stops it without error.
 * `loopCounter` is the number of passes already done: 0 in the first pass and, asked after it, 1 in the condition.
 */
export function startStandardLoop(run: Run, node: Activity, body: ElementInstance): void {
  const loop = node.standardLoop;
  if (loop === undefined) throw new Error(`Expected ${node.id} to have a standard loop`);
  const begins = !loop.testBefore || goesOn(run, loop, { bodyKey: body.key, done: 0 });
  openBoundaryEvents(run, node, body);
  emit(run, { kind: 'loopStarted', elementInstanceKey: body.key, total: null, items: null });
  if (begins) startPass(run, node, { bodyKey: body.key, done: 0 });
}

interface Finishing {
  readonly loop: StandardLoop;
  readonly body: ElementInstance;
  readonly iteration: ElementInstance;
}

interface Passes {
  readonly bodyKey: Key;
  readonly done: number;
}

export function planPassEnd(run: Run, node: Activity, { loop, body, iteration }: Finishing): InnerCompletion {
  const passes = { bodyKey: body.key, done: (body.loop?.completed ?? 0) + 1 };
  const again = goesOn(run, loop, passes);
  return {
    takesFlows: false,
    record: () =>
      emit(run, {
        kind: 'loopIterationCompleted',
        bodyKey: body.key,
        index: iteration.loopIndex ?? 0,
        result: null,
      }),
    goOn: () => {
      if (again) startPass(run, node, passes);
    },
  };
}

/** Asked around the passes, so it sees what they have left behind and not what was local to them. */
function goesOn(run: Run, { condition, maximum }: StandardLoop, { bodyKey, done }: Passes): boolean {
  if (maximum !== undefined && done >= maximum) return false;
  if (condition === undefined) return true;
  const request = {
    expression: condition,
    scopeKey: bodyKey,
    purpose: 'the loop condition',
    incident: 'CONDITION_ERROR' as const,
    extra: { loopCounter: done },
  };
  const value = evaluateValue(run, request);
  if (typeof value === 'boolean') return value;
  // A misspelt variable gives null; a loop that quietly stops after one pass would hide it.
  throw mismatch(run, request, { expected: 'true or false', value });
}

function startPass(run: Run, node: Activity, { bodyKey, done }: Passes): void {
  schedule(run, {
    kind: 'activate',
    scopeKey: bodyKey,
    node,
    iteration: { index: done, item: null },
  });
}
