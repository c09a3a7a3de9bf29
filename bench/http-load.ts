import { Agent, request } from 'node:http';
import { together } from './together.ts';

/** What the parent asks of this process, which is nothing but clients: so the CPU that is measured is the server's. */
export interface LoadOrder {
  /** `trip`: start W2, find and complete its task. `step`: find and complete the open task of a long instance. */
  readonly load: 'trip' | 'step';
  readonly url: string;
  readonly cookie: string;
  readonly processDefinitionId: string;
  readonly variables: object;
  readonly concurrency: number;
  readonly milliseconds: number;
  /** Milliseconds before anything counts: the many paths of a request are compiled only when they have been hot for a while. */
  readonly warmUp: number;
}

/** Where the load goes and what it is; how much of it is for the measurement to say. */
export type HttpLoad = Omit<LoadOrder, 'concurrency' | 'milliseconds' | 'warmUp'>;

/** `begun` when the warm-up is over, `times` (milliseconds of each run) at the end. */
export type LoadReport = { readonly begun: true } | { readonly times: readonly number[]; readonly wall: number };

process.on('message', (order: LoadOrder) => {
  carryOut(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

async function carryOut(order: LoadOrder): Promise<void> {
  const { concurrency, milliseconds, warmUp } = order;
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const once = order.load === 'trip' ? () => trip(order, agent) : stepper(order, agent);
  await together(concurrency, performance.now() + warmUp, once);
  const report = (message: LoadReport): void => void process.send!(message);
  report({ begun: true });
  const started = performance.now();
  const times = await together(concurrency, started + milliseconds, once);
  report({ times, wall: performance.now() - started });
  agent.destroy();
}

async function trip(order: LoadOrder, agent: Agent): Promise<void> {
  const { processInstanceKey } = await start(order, agent);
  await completeOpenTask(order, agent, processInstanceKey!);
}

/** Each run goes on with an instance that nobody else works on. */
function stepper(order: LoadOrder, agent: Agent): () => Promise<void> {
  const idle: string[] = [];
  return async () => {
    const key = idle.pop() ?? (await start(order, agent)).processInstanceKey!;
    if (await completeOpenTask(order, agent, key)) idle.push(key);
  };
}

function start(order: LoadOrder, agent: Agent): Promise<{ processInstanceKey?: string }> {
  const { processDefinitionId, variables } = order;
  return post(order, { agent, path: '/v2/process-instances', body: { processDefinitionId, variables } });
}

async function completeOpenTask(order: LoadOrder, agent: Agent, processInstanceKey: string): Promise<boolean> {
  const filter = { processInstanceKey, state: 'CREATED' };
  const found = await post<{ items: { userTaskKey: string }[] }>(order, {
    agent,
    path: '/v2/user-tasks/search',
    body: { filter },
  });
  const [task] = found.items;
  if (task === undefined) return false;
  const path = `/v2/user-tasks/${task.userTaskKey}/completion`;
  await post(order, { agent, path, body: { variables: { ok: true } } });
  return true;
}

function post<T = Record<string, string>>(
  { url, cookie }: LoadOrder,
  { agent, path, body }: { readonly agent: Agent; readonly path: string; readonly body: object },
): Promise<T> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), cookie };
    const sent = request(url + path, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const answer = Buffer.concat(chunks).toString();
        if (response.statusCode! < 300) resolve((answer === '' ? {} : JSON.parse(answer)) as T);
        else reject(new Error(`${path}: ${response.statusCode} ${answer}`));
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}
