import { setTimeout as sleep } from 'node:timers/promises';
import { queryRows, readerOf, type Database } from '../server/database/connect.ts';
import { bpmn, sequence, serviceTask, userTask } from '../server/runtime/test/bpmn.ts';
import { startApp, type TestApp } from '../server/http/test/start-app.ts';
import { PASSWORD } from '../server/http/test/serve-routes.ts';
import type { ConnectionSettings } from '../server/test/dialects.ts';
import { engineWorkloads } from './engine-workloads.ts';

/** One complete round trip of W2: start an instance, complete its user task, which ends it. */
export interface RoundTrips {
  /** Two commands, each a transaction, as a request or a job would run them. */
  readonly runner: () => Promise<void>;
  /** One command: completes the open user task of an instance that goes from task to task. */
  readonly step: () => Promise<void>;
  /** Starts so many instances of five service tasks and waits until our own worker has done them all. */
  readonly services: (instances: number) => Promise<void>;
  readonly database: Database;
  /** Three requests of the `/v2` API: start, find the task, complete it; the client is in this process too. */
  readonly http: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The whole server with the claims pack deployed, over the database given. */
export async function openRoundTrips(settings: ConnectionSettings): Promise<RoundTrips> {
  const test = await startApp(settings);
  const workload = (await engineWorkloads()).find(({ name }) => name === 'W2')!;
  const { variables } = workload;
  const content = Buffer.from(workload.source);
  const form = new FormData();
  form.set('resources', new File([new Uint8Array(content)], 'w2.bpmn'));
  const deployed = await test.call('analyst', 'POST /v2/deployments', form);
  if (deployed.status !== 200) throw new Error(JSON.stringify(deployed.body));
  const { processDefinitionId, processDefinitionKey } = deployed.body.deployments[0].processDefinition as Record<
    string,
    string
  >;
  const { runner, worker, deployments } = test.app;
  const post = await signedIn(test);
  const deploy = async (id: string, content: string): Promise<number> => {
    const resources = [{ name: `${id}.bpmn`, content }];
    return (await deployments.deploy({ resources, by: 'analyst' })).definitions[0]!.definitionKey;
  };
  const complete = (processInstanceKey: number) =>
    runner.run({
      processInstanceKey,
      by: 'analyst',
      build: ({ instance }) => ({
        kind: 'completeUserTask',
        userTaskKey: [...instance.userTasks.keys()][0]!,
        variables: { ok: true },
      }),
    });
  const many = Array.from({ length: 200 }, (_, n) => userTask(`task${n}`));
  const longKey = await deploy('long', bpmn('long', sequence(...many)));
  const five = Array.from({ length: 5 }, (_, n) => serviceTask(`work${n}`, 'bench-work'));
  const fiveKey = await deploy('five', bpmn('five', sequence(...five)));
  worker.registerJobType('bench-work', () => Promise.resolve({ done: true }));
  const idle: number[] = [];
  let working = false;
  return {
    database: test.database,
    runner: async () => {
      const { processInstanceKey } = await runner.start({
        processDefinitionKey: Number(processDefinitionKey),
        variables,
        by: 'analyst',
      });
      const result = await complete(processInstanceKey);
      if (result?.state !== 'completed') throw new Error(`Expected the instance to end, but it is ${result?.state}.`);
    },
    step: async () => {
      const key =
        idle.pop() ??
        (await runner.start({ processDefinitionKey: longKey, variables: {}, by: 'analyst' })).processInstanceKey;
      if ((await complete(key))?.state === 'active') idle.push(key);
    },
    services: async (instances) => {
      if (!working) worker.start();
      working = true;
      const start = () => runner.start({ processDefinitionKey: fiveKey, variables: {}, by: 'analyst' });
      await Promise.all(Array.from({ length: instances }, start));
      for (;;) {
        const [row] = await queryRows<{ open: number }>(
          readerOf(test.database),
          "SELECT count(*) AS open FROM process_instance WHERE state = 'active' AND process_id = 'five'",
        );
        if (Number(row!.open) === 0) return;
        await sleep(20);
      }
    },
    http: async () => {
      const { processInstanceKey } = await post('/v2/process-instances', { processDefinitionId, variables });
      const { items } = await post('/v2/user-tasks/search', { filter: { processInstanceKey } });
      await post(`/v2/user-tasks/${items[0].userTaskKey}/completion`, { variables: { ok: true } });
    },
    close: () => test.close(),
  };
}

/** A session as the browser has it: Basic would measure argon2. */
async function signedIn({ url, call }: TestApp) {
  const session = await call(null, 'POST /api/session', { username: 'analyst', password: PASSWORD });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return async (path: string, body: object): Promise<any> => {
    const response = await fetch(url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
}
