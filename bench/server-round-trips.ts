import { setTimeout as sleep } from 'node:timers/promises';
import { queryRows, readerOf, type Database } from '../server/database/connect.ts';
import { bpmn, sequence, serviceTask, userTask } from '../server/runtime/test/bpmn.ts';
import { startApp, type TestApp } from '../server/http/test/start-app.ts';
import { PASSWORD } from '../server/http/test/serve-routes.ts';
import type { ConnectionSettings } from '../server/test/dialects.ts';
import { engineWorkloads } from './engine-workloads.ts';
import type { HttpLoad } from './http-load.ts';

/** One complete round trip of W2: start an instance, complete its user task, which ends it. */
export interface RoundTrips {
  /** Two commands, each a transaction, as a request or a job would run them. */
  readonly runner: () => Promise<void>;
  /** One command: completes the open user task of an instance that goes from task to task. */
  readonly step: () => Promise<void>;
  /** Starts so many instances of five service tasks and waits until our own worker has done them all. */
  readonly services: (instances: number) => Promise<void>;
  readonly database: Database;
  /** What clients in a process of their own need to do the same through the `/v2` API. */
  readonly http: (load: HttpLoad['load']) => HttpLoad;
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
  const cookie = await signedIn(test);
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
        // One row is enough to see that they are not done; counting them all was a tenth of the work measured.
        const open = await queryRows(
          readerOf(test.database),
          "SELECT 1 AS one FROM process_instance WHERE process_id = 'five' AND state = 'active' LIMIT 1",
        );
        if (open.length === 0) return;
        await sleep(20);
      }
    },
    http: (load) => ({
      load,
      url: test.url,
      cookie,
      processDefinitionId: load === 'trip' ? processDefinitionId! : 'long',
      variables,
    }),
    close: () => test.close(),
  };
}

/** A session as the browser has it: Basic would measure argon2. */
async function signedIn({ call }: TestApp): Promise<string> {
  const session = await call(null, 'POST /api/session', { username: 'analyst', password: PASSWORD });
  return session.headers.get('set-cookie')?.split(';')[0] ?? '';
}
