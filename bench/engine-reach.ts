import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Accepted, Execution, Key } from '#engine';
import { begin, compile, firstOf, gatewayAndUserTask, step } from './engine-workloads.ts';
import { median } from './measure-cpu.ts';
import { buildBpmn } from '#engine/testing';

const INSTANCES = 20_000;
const PASSES = 10_000;
const STEPS = 2_000;

/** Bytes of heap per instance of W2 that waits at its user task; compiled process and code are not in it. */
export async function bytesPerWaitingInstance(): Promise<number> {
  const execution = await compile(buildBpmn(gatewayAndUserTask()));
  const waiting: unknown[] = [begin(execution, { kind: 'b' }).instance];
  const before = heapUsed();
  for (let index = 0; index < INSTANCES; index += 1) waiting.push(begin(execution, { kind: 'b' }).instance);
  const bytes = (heapUsed() - before) / INSTANCES;
  if (waiting.length !== INSTANCES + 1) throw new Error('Expected the instances to be kept');
  return bytes;
}

/** What a step of an instance costs that has passed its loop 10,000 times, over what it costs a fresh one. */
export async function loopedOverFresh(): Promise<number> {
  const execution = await compile(
    buildBpmn({
      id: 'loop',
      elements: { S: 'startEvent', M: 'exclusiveGateway', T: userTask, G: 'exclusiveGateway', E: 'endEvent' },
      flows: ['S -> M', 'M -> T', 'T -> G', 'G -> M default', 'G -> E [=done = true]'],
    }),
  );
  const fresh = pass(execution, begin(execution, { done: 'no' }), 1);
  const looped = pass(execution, fresh, PASSES);
  const ratios: number[] = [];
  for (let round = 0; round < 9; round += 1) ratios.push(cpuOf(execution, looped) / cpuOf(execution, fresh));
  return median(ratios);
}

const userTask = { type: 'userTask', inner: '<bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>' };

function pass(execution: Execution, from: Accepted, times: number): Accepted {
  let at = from;
  for (let index = 0; index < times; index += 1) at = completeTask(execution, at, at.nextKey);
  return at;
}

function completeTask(execution: Execution, { instance }: Accepted, firstKey: Key): Accepted {
  const { key } = firstOf(instance.userTasks);
  return step(execution, instance, {
    kind: 'completeUserTask',
    userTaskKey: key,
    variables: {},
    now: 0,
    firstKey,
    by: null,
  });
}

/** The same step again and again: the instance before it stays as it was. */
function cpuOf(execution: Execution, at: Accepted): number {
  const before = process.cpuUsage();
  for (let index = 0; index < STEPS; index += 1) completeTask(execution, at, at.nextKey);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}
