import { queryRows, readerOf } from '../../database/connect.ts';
import { DuplicateMessage } from '../../messages/message-errors.ts';
import {
  bpmn,
  callActivity,
  receive,
  sequence,
  serviceTask,
  signal,
  signalThrow,
  timer,
  userTask,
} from '../../runtime/test/bpmn.ts';
import type { TestRuntime } from '../../runtime/test/open-runtime.ts';
import type { Random } from './volume.ts';

/** Longer than any lease, claim and timer of the models. */
const PAUSE_MS = 61_000;
const PATIENCE = 60;
const OUTSIDE = 'outside-work';
const OWN = 'own-work';

/** What the outside world got, by idempotency key: more than one try is allowed, more than one key for one piece of work is not. */
export type World = Map<string, number>;

export interface DrawnModel {
  readonly processDefinitionKey: number;
  readonly what: string;
}

/** A process of two to five waits, drawn; each kind of wait is a commit or several, and so a place to crash. */
export async function deployDrawn(runtime: TestRuntime, random: Random, id: string): Promise<DrawnModel> {
  const kinds = ['user', 'outside', 'own', 'timer', 'message', 'signal', 'call'] as const;
  const nodes: { readonly id: string; readonly xml: string }[] = [];
  const around = [signal('told')];
  const drawn = Array.from({ length: 2 + random.below(4) }, () => random.pick(kinds));
  for (const [at, kind] of drawn.entries()) {
    const name = `${kind}${at}`;
    if (kind === 'user') nodes.push(userTask(name));
    if (kind === 'outside') nodes.push(serviceTask(name, OUTSIDE, 9));
    if (kind === 'own') nodes.push(serviceTask(name, OWN, 9));
    if (kind === 'timer') nodes.push(timer(name, 'PT30S'));
    if (kind === 'signal') nodes.push(signalThrow(name, 'told'));
    if (kind === 'call') nodes.push(callActivity(name, `${id}-called`));
    if (kind === 'message') {
      const event = receive(name, `word-${id}-${at}`, '=ticket');
      nodes.push(event);
      around.push(event.around);
    }
  }
  if (drawn.includes('call'))
    await runtime.deployProcess(bpmn(`${id}-called`, sequence(serviceTask('inner', OUTSIDE, 9))));
  const processDefinitionKey = await runtime.deployProcess(bpmn(id, sequence(...nodes), around.join('')));
  return { processDefinitionKey, what: drawn.join(', ') };
}

/** Makes this runtime do the work of type `own-work`, and tell the world. */
export function worksFor(world: World, { worker }: TestRuntime): void {
  worker.registerJobType(OWN, ({ idempotencyKey }) => {
    world.set(idempotencyKey, (world.get(idempotencyKey) ?? 0) + 1);
    return Promise.resolve({ done: true });
  });
}

/** Starts an instance, once however often it is asked. */
export async function startOnce(
  runtime: TestRuntime,
  { processDefinitionKey }: DrawnModel,
  ticket: string,
): Promise<number> {
  const repeatable = { commandId: `start-${ticket}`, requestHash: ticket };
  const request = { processDefinitionKey, variables: { ticket, text: 'да' }, by: null, repeatable };
  return (await runtime.runner.start(request)).processInstanceKey;
}

/**
 * Does what people, workers and time do, until the instance has ended. Fails like whatever it calls: then call it again.
 * @param beside other nodes, which act for their own buckets
 */
export async function playThrough(
  runtime: TestRuntime,
  processInstanceKey: number,
  beside: readonly TestRuntime[] = [],
): Promise<void> {
  for (let round = 0; round < PATIENCE; round += 1) {
    for (const node of [runtime, ...beside]) await node.worker.drain();
    const instances = await treeOf(runtime, processInstanceKey);
    if (instances.every(({ state }) => state !== 'active')) return;
    const keys = instances.map(({ key }) => key);
    const did = (await completeTasks(runtime, keys)) + (await sayWords(runtime, keys)) + (await workOutside(runtime));
    if (did === 0) runtime.clock.advance(PAUSE_MS);
  }
  throw new Error(`Expected instance ${processInstanceKey} to end, but it stands after ${PATIENCE} rounds.`);
}

async function treeOf(
  runtime: TestRuntime,
  root: number,
): Promise<readonly { readonly key: number; readonly state: string }[]> {
  return queryRows(
    readerOf(runtime.database),
    'SELECT process_instance_key AS key, state FROM process_instance WHERE root_process_instance_key = ?',
    [root],
  );
}

async function completeTasks(runtime: TestRuntime, keys: readonly number[]): Promise<number> {
  const open = await runtime.rows(
    `SELECT user_task_key AS k, process_instance_key AS p, element_id AS e FROM user_task WHERE state = 'CREATED' AND process_instance_key IN (${keys.join()})`,
  );
  for (const { k, p, e } of open) {
    const userTaskKey = Number(k);
    const repeatable = { commandId: `complete-${userTaskKey}`, requestHash: 'complete' };
    const build = () =>
      ({ kind: 'completeUserTask', userTaskKey, variables: { [`done_${String(e)}`]: true } }) as const;
    await runtime.runner.run({ processInstanceKey: Number(p), by: 'anna', repeatable, build });
  }
  return open.length;
}

async function sayWords(runtime: TestRuntime, keys: readonly number[]): Promise<number> {
  const open = await runtime.rows(
    `SELECT subscription_key AS k, message_name AS name, correlation_key AS c FROM message_subscription WHERE process_instance_key IN (${keys.join()})`,
  );
  let said = 0;
  for (const { k, name, c } of open) {
    const message = { name: String(name), correlationKey: String(c), variables: {}, timeToLive: 3_600_000, by: null };
    await runtime.messages.publish({ ...message, messageId: `word-${String(k)}` }).then(
      () => (said += 1),
      (error: unknown) => {
        // Said before the crash: it is stored, and the floor delivers it.
        if (!(error instanceof DuplicateMessage)) throw error;
      },
    );
  }
  return said;
}

async function workOutside(runtime: TestRuntime): Promise<number> {
  const claim = { type: OUTSIDE, worker: 'outside', timeout: 30_000, maxJobs: 10, requestTimeout: -1 };
  const jobs = await runtime.worker.jobs.activate(claim);
  for (const job of jobs) await runtime.worker.jobs.complete({ ...job, variables: { worked: true }, by: null });
  return jobs.length;
}

/** What happened in the tree, without what a retry adds: the same for every run of a model, crashed or not. */
export async function storyOf(runtime: TestRuntime, root: number): Promise<string> {
  const rows = await runtime.rows(
    `SELECT h.kind, count(*) AS n FROM history_event h JOIN process_instance p
       ON p.bucket = h.bucket AND p.process_instance_key = h.process_instance_key
     WHERE p.root_process_instance_key = ? GROUP BY h.kind ORDER BY h.kind`,
    [root],
  );
  return rows
    .filter(({ kind }) => !/^job(Failed|Retries)/.test(String(kind)))
    .map(({ kind, n }) => `${String(kind)} ${Number(n)}`)
    .join(', ');
}
