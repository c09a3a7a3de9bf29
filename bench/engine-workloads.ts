import {
  advance,
  readBpmn,
  type Accepted,
  type Command,
  type Execution,
  type Instance,
  type Library,
  type Table,
} from '#engine';
import { buildBpmn, type ElementSpec, type ProcessSpec } from '#engine/testing';

/** One benchmark model and how to run an instance of it to its end. */
export interface Workload {
  readonly name: string;
  readonly what: string;
  /** Element activations per instance, to give a rate that compares between workloads. */
  readonly activations: number;
  readonly run: () => void;
  /** The BPMN and variables, for running the same on another engine. */
  readonly source: string;
  readonly variables: Readonly<Record<string, number[] | string>>;
}

const job = '<bpmn:extensionElements><zeebe:taskDefinition type="work" /></bpmn:extensionElements>';
const service: ElementSpec = { type: 'serviceTask', inner: job };

const library: Library = {
  calendars: { ids: [], resolve: unused, calendar: unused },
  zone: 'Europe/Moscow',
  findDecision: () => undefined,
  findForm: () => undefined,
  findProcess: () => undefined,
};

function unused(): never {
  throw new Error('No calendar in the benchmark');
}

/** W1–W4 of `performance.md`, the others their growth; state goes in and comes out of every command, history and effects included. */
export function engineWorkloads(): Promise<readonly Workload[]> {
  return Promise.all([
    jobsWorkload({ name: 'W1', what: '10 service tasks in a row', activations: 13, spec: inARow(10), variables: {} }),
    userTaskWorkload(),
    jobsWorkload({
      name: 'W3',
      what: '10-way parallel split and join',
      activations: 15,
      spec: parallel(10),
      variables: {},
    }),
    loopWorkload('W4', 100),
    loopWorkload('W5', 10_000),
    loopWorkload('W6', 100, true),
    loopWorkload('W7', 10_000, true),
  ]);
}

interface JobsWorkload extends Pick<Workload, 'name' | 'what' | 'activations'> {
  readonly spec: ProcessSpec;
  readonly variables: Readonly<Record<string, number[]>>;
}

async function jobsWorkload({ spec, ...rest }: JobsWorkload): Promise<Workload> {
  const source = buildBpmn(spec);
  const execution = await compile(source);
  return { ...rest, source, run: () => runJobs(execution, rest.variables) };
}

function loopWorkload(name: string, count: number, sequential = false): Promise<Workload> {
  const what = `${sequential ? 'sequential ' : ''}multi-instance sub-process, ${count} items`;
  return jobsWorkload({
    name,
    what,
    activations: 3 * count + 4,
    spec: multiInstance(sequential),
    variables: { items: items(count) },
  });
}

async function userTaskWorkload(): Promise<Workload> {
  const source = buildBpmn(gatewayAndUserTask());
  const execution = await compile(source);
  const what = 'gateway and user task';
  return { name: 'W2', what, activations: 6, source, variables: { kind: 'b' }, run: () => runUserTask(execution) };
}

function items(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

export async function compile(source: string): Promise<Execution> {
  const { processes } = await readBpmn(source);
  const [model] = processes;
  if (model === undefined) throw new Error('Expected a process');
  return { model, library };
}

function inARow(count: number): ProcessSpec {
  const names = Array.from({ length: count }, (_, index) => `T${index}`);
  return {
    id: 'W1',
    elements: { S: 'startEvent', E: 'endEvent', ...Object.fromEntries(names.map((name) => [name, service])) },
    flows: [['S', ...names, 'E'].join(' -> ')],
  };
}

export function gatewayAndUserTask(): ProcessSpec {
  const user: ElementSpec = {
    type: 'userTask',
    inner: '<bpmn:extensionElements><zeebe:userTask /></bpmn:extensionElements>',
  };
  return {
    id: 'W2',
    elements: {
      S: 'startEvent',
      G: 'exclusiveGateway',
      A: user,
      B: user,
      C: user,
      D: user,
      M: 'exclusiveGateway',
      E: 'endEvent',
    },
    flows: [
      'S -> G',
      'G -> A [=kind = "a"]',
      'G -> B [=kind = "b"]',
      'G -> C [=kind = "c"]',
      'G -> D default',
      'A -> M',
      'B -> M',
      'C -> M',
      'D -> M -> E',
    ],
  };
}

function parallel(count: number): ProcessSpec {
  const names = Array.from({ length: count }, (_, index) => `T${index}`);
  return {
    id: 'W3',
    elements: {
      S: 'startEvent',
      F: 'parallelGateway',
      J: 'parallelGateway',
      E: 'endEvent',
      ...Object.fromEntries(names.map((name) => [name, service])),
    },
    flows: ['S -> F', ...names.map((name) => `F -> ${name} -> J`), 'J -> E'],
  };
}

function multiInstance(sequential: boolean): ProcessSpec {
  const loop =
    `<bpmn:multiInstanceLoopCharacteristics${sequential ? ' isSequential="true"' : ''}><bpmn:extensionElements>` +
    '<zeebe:loopCharacteristics inputCollection="=items" inputElement="item" /></bpmn:extensionElements>' +
    '</bpmn:multiInstanceLoopCharacteristics>';
  return {
    id: 'W4',
    elements: {
      S: 'startEvent',
      P: {
        type: 'subProcess',
        inner: loop,
        scope: { elements: { s: 'startEvent', t: 'task', e: 'endEvent' }, flows: ['s -> t -> e'] },
      },
      E: 'endEvent',
    },
    flows: ['S -> P -> E'],
  };
}

function runJobs(execution: Execution, variables: Readonly<Record<string, number[]>>): void {
  let { instance, nextKey } = begin(execution, variables);
  while (instance.header.state === 'active') {
    const { key } = firstOf(instance.jobs);
    ({ instance, nextKey } = step(execution, instance, {
      kind: 'completeJob',
      jobKey: key,
      variables: {},
      now: 0,
      firstKey: nextKey,
      by: null,
    }));
  }
}

function runUserTask(execution: Execution): void {
  const { instance, nextKey } = begin(execution, { kind: 'b' });
  const { key } = firstOf(instance.userTasks);
  const done = step(execution, instance, {
    kind: 'completeUserTask',
    userTaskKey: key,
    variables: { ok: true },
    now: 0,
    firstKey: nextKey,
    by: null,
  });
  if (done.instance.header.state !== 'completed') throw new Error('Expected the instance to complete');
}

export function firstOf<Row>(table: Table<Row>): Row {
  const [row] = table.values();
  if (row === undefined) throw new Error('Expected something to do');
  return row;
}

export function begin(execution: Execution, variables: Readonly<Record<string, number[] | string>>): Accepted {
  return step(execution, null, {
    kind: 'startInstance',
    processInstanceKey: 1,
    processDefinitionKey: 1,
    deploymentKey: 1,
    definitionVersion: 1,
    variables,
    now: 0,
    firstKey: 2,
    by: null,
  });
}

export function step(execution: Execution, before: Instance | null, command: Command): Accepted {
  const outcome = advance(execution, before, command);
  if (!outcome.accepted) throw new Error(outcome.rejection.message);
  return outcome;
}
