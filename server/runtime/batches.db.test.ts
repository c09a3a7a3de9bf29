import assert from 'node:assert/strict';
import { hashRequest, IdempotencyConflict } from '../database/command-log.ts';
import { queryRows } from '../database/connect.ts';
import { UnstorableText } from '../database/unstorable-text.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createRunner, type CommandResult, type RunRequest } from './runner.ts';
import { CommandRejected } from './runtime-errors.ts';
import { bpmn, sequence, userTask } from './test/bpmn.ts';
import { openRuntime, type TestRuntime } from './test/open-runtime.ts';

const THREE_TASKS = bpmn('three-tasks', sequence(userTask('first'), userTask('second'), userTask('third')));

forEachDialect((dialect) => {
  let runtime: TestRuntime;
  let definitionKey: number;
  let transactions = 0;
  before(async () => {
    runtime = await openRuntime(dialect);
    definitionKey = await runtime.deployProcess(THREE_TASKS);
    runtime.database.writer.on('query', ({ sql }: { readonly sql: string }) => {
      if (/^INSERT INTO history_event/.test(sql)) transactions += 1;
    });
  });
  after(() => runtime.drop());

  const start = (): Promise<CommandResult> =>
    runtime.runner.start({ processDefinitionKey: definitionKey, variables: {}, by: 'anna' });

  /** Completes the task that is open when the command's turn has come. */
  const complete = (processInstanceKey: number, more: Partial<RunRequest> = {}): RunRequest => ({
    processInstanceKey,
    by: 'anna',
    build: ({ instance }) => ({
      kind: 'completeUserTask',
      userTaskKey: [...instance.userTasks.keys()][0]!,
      variables: {},
    }),
    ...more,
  });
  const tell = (request: RunRequest) => runtime.runner.run(request);

  const openTaskOf = async (processInstanceKey: number): Promise<string> => {
    const tasks = await runtime.rows(
      'SELECT element_id FROM user_task WHERE process_instance_key = ? AND ended_at IS NULL',
      [processInstanceKey],
    );
    return tasks.map(({ element_id }) => String(element_id)).join();
  };

  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  it('of 200 commands at once each gets its own answer, and what one comes to is the business of no other', async () => {
    const started = await Promise.all(Array.from({ length: 200 }, start));
    const answers = await Promise.all(
      started.map(({ processInstanceKey: key }, n) => {
        switch (n % 8) {
          case 1: // Refused by the engine.
            return failure(
              tell(complete(key, { build: () => ({ kind: 'completeUserTask', userTaskKey: 1, variables: {} }) })),
            );
          case 2: // Refused by whoever builds the command.
            return failure(tell(complete(key, { build: () => Promise.reject(new Error(`not for you ${n}`)) })));
          case 3: // A row that no database takes.
            return failure(
              tell(
                complete(key, {
                  build: () => ({ kind: 'setVariables', scopeKey: key, variables: { 'a\u0000': n }, local: true }),
                }),
              ),
            );
          case 4: // What must be stored with it is not.
            return failure(tell(complete(key, { also: () => Promise.reject(new Error(`power cut ${n}`)) })));
          case 5: {
            const repeatable = { commandId: `once ${n}`, requestHash: hashRequest(n) };
            return Promise.all([tell(complete(key, { repeatable })), tell(complete(key, { repeatable }))]);
          }
          case 6: {
            // The same id for two different requests: one of them is a mistake.
            const commandId = `conflict ${n}`;
            return Promise.all([
              tell(complete(key, { repeatable: { commandId, requestHash: hashRequest(1) } })),
              failure(tell(complete(key, { repeatable: { commandId, requestHash: hashRequest(2) } }))),
            ]);
          }
          default:
            return tell(complete(key));
        }
      }),
    );
    for (const [n, { processInstanceKey: key }] of started.entries()) {
      const answer = answers[n];
      const task = await openTaskOf(key);
      switch (n % 8) {
        case 1:
          assert.ok(answer instanceof CommandRejected);
          assert.equal(task, 'first');
          break;
        case 2:
          assert.equal((answer as Error).message, `not for you ${n}`);
          assert.equal(task, 'first');
          break;
        case 3:
          assert.ok(answer instanceof UnstorableText);
          assert.equal(task, 'first');
          break;
        case 4:
          assert.equal((answer as Error).message, `power cut ${n}`);
          assert.equal(task, 'first');
          break;
        case 5: {
          const [first, second] = answer as [CommandResult, CommandResult];
          assert.deepEqual(first, second);
          assert.equal(first.processInstanceKey, key);
          assert.equal(task, 'second');
          break;
        }
        case 6:
          assert.ok((answer as [CommandResult, unknown])[1] instanceof IdempotencyConflict);
          assert.equal(task, 'second');
          break;
        default:
          assert.equal((answer as CommandResult).processInstanceKey, key);
          assert.equal(task, 'second');
      }
    }
    const gaps = await runtime.rows(
      `SELECT p.process_instance_key FROM process_instance p JOIN history_event h
         ON h.bucket = p.bucket AND h.process_instance_key = p.process_instance_key
       GROUP BY p.process_instance_key, p.history_length
       HAVING count(*) <> p.history_length OR max(h.sequence) <> p.history_length`,
    );
    assert.deepEqual(gaps, []);
  });

  it('200 commands at once share a few transactions', async () => {
    const before = transactions;
    const started = await Promise.all(Array.from({ length: 200 }, start));
    await Promise.all(started.map(({ processInstanceKey }) => tell(complete(processInstanceKey))));
    assert.ok(transactions - before <= 20, `${transactions - before} transactions`);
  });

  it('commands on one instance run in the order in which they came, in one transaction', async () => {
    const { processInstanceKey: key } = await start();
    const before = transactions;
    const seen: string[] = [];
    const step = (): RunRequest =>
      complete(key, {
        readsInstanceOnly: true,
        build: ({ instance }) => {
          const [task] = instance.userTasks.values();
          seen.push(task!.elementId);
          return { kind: 'completeUserTask', userTaskKey: task!.key, variables: {} };
        },
      });
    const results = await Promise.all([tell(step()), tell(step()), tell(step())]);
    // In distributed mode the database may have said «try again», and all of it ran once more.
    assert.deepEqual(seen.slice(-3), ['first', 'second', 'third']);
    assert.deepEqual(
      results.map((result) => result?.state),
      ['active', 'active', 'completed'],
    );
    assert.ok(transactions - before >= 1 && transactions - before <= seen.length / 3, `${transactions - before} times`);
  });

  it('a command that reads rows finds what the one before it in the batch did', async () => {
    const { processInstanceKey: key } = await start();
    const [, seen] = await Promise.all([
      tell(complete(key)),
      new Promise<unknown>((resolve, reject) => {
        tell(
          complete(key, {
            build: async ({ tx }) => {
              resolve(
                await queryRows(
                  tx,
                  'SELECT element_id FROM user_task WHERE bucket = ? AND process_instance_key = ? AND ended_at IS NULL',
                  [Math.floor(key / 2 ** 45), key],
                ),
              );
              return null;
            },
          }),
        ).catch(reject);
      }),
    ]);
    assert.deepEqual(
      (seen as readonly { element_id: string }[]).map(({ element_id }) => element_id),
      ['second'],
    );
  });

  it('what a command wrote before it was refused is gone, and its neighbours stay', async () => {
    const [one, two] = [await start(), await start()];
    const spoilt = complete(one.processInstanceKey, {
      build: async ({ tx }) => {
        await queryRows(
          tx,
          "UPDATE process_instance SET title = 'spoilt' WHERE bucket = ? AND process_instance_key = ?",
          [Math.floor(one.processInstanceKey / 2 ** 45), one.processInstanceKey],
        );
        return { kind: 'completeUserTask', userTaskKey: 1, variables: {} };
      },
    });
    const [refused] = await Promise.all([failure(tell(spoilt)), tell(complete(two.processInstanceKey))]);
    assert.ok(refused instanceof CommandRejected);
    const [row] = await runtime.rows('SELECT title FROM process_instance WHERE process_instance_key = ?', [
      one.processInstanceKey,
    ]);
    assert.equal(row!.title, null);
    assert.equal(await openTaskOf(two.processInstanceKey), 'second');
  });

  it('what passes while a command only reads is nobody’s fault: the batch runs again', async () => {
    const [one, two] = [await start(), await start()];
    const { dialect: database } = runtime.database;
    const passing = Object.assign(new Error('busy'), { code: database.name === 'sqlite' ? 'SQLITE_BUSY' : '40001' });
    assert.ok(database.isTransient(passing));
    let tries = 0;
    const unlucky = complete(one.processInstanceKey, {
      build: ({ instance }) => {
        tries += 1;
        if (tries === 1) throw passing;
        return { kind: 'completeUserTask', userTaskKey: [...instance.userTasks.keys()][0]!, variables: {} };
      },
    });
    await Promise.all([tell(unlucky), tell(complete(two.processInstanceKey))]);
    assert.equal(await openTaskOf(one.processInstanceKey), 'second');
    assert.equal(await openTaskOf(two.processInstanceKey), 'second');
  });

  it('the same command id in two buckets names two commands, also when they share a transaction', async () => {
    const keys = await Promise.all([7, 8].map((bucket) => runtime.keys.next(bucket)));
    for (const processInstanceKey of keys) {
      await runtime.runner.start({
        processInstanceKey,
        processDefinitionKey: definitionKey,
        variables: {},
        by: 'anna',
      });
    }
    await Promise.all(
      keys.map((key) => tell(complete(key, { repeatable: { commandId: 'mine', requestHash: hashRequest(key) } }))),
    );
    for (const key of keys) assert.equal(await openTaskOf(key), 'second');
  });

  it('after a rollback the next command goes on from what is stored', async () => {
    const { processInstanceKey: key, historyLength } = await start();
    await failure(tell(complete(key, { also: () => Promise.reject(new Error('power cut')) })));
    const result = await tell(complete(key));
    assert.equal(await openTaskOf(key), 'second');
    assert.ok(result!.historyLength > historyLength);
  });

  it('sees what another node did to an instance that it still remembers', async () => {
    const { processInstanceKey: key } = await start();
    const neighbour = createRunner(runtime);
    await neighbour.run(complete(key));
    const seen: string[] = [];
    await tell(
      complete(key, {
        build: ({ instance }) => {
          seen.push(...[...instance.userTasks.values()].map(({ elementId }) => elementId));
          return null;
        },
      }),
    );
    assert.deepEqual(seen, ['second']);
  });

  it('is read once and then remembered, as long as nobody else has changed it', async () => {
    // A transaction that distributed mode repeats would read again.
    const database = { ...runtime.database, beforeCommit: () => undefined };
    const [node, neighbour] = [createRunner({ ...runtime, database }), createRunner({ ...runtime, database })];
    const { processInstanceKey: key } = await node.start({
      processDefinitionKey: definitionKey,
      variables: {},
      by: null,
    });
    const read: string[] = [];
    const listen = ({ sql }: { readonly sql: string }): void => {
      if (/^WITH o AS/.test(sql)) read.push(sql);
    };
    runtime.database.writer.on('query', listen);
    await node.run(complete(key));
    assert.deepEqual(read, [], 'remembered since its start');
    await neighbour.run(complete(key));
    assert.equal(read.length, 1, 'a node that has never seen it reads it');
    await node.run(complete(key));
    assert.equal(read.length, 2, 'changed by the other node, so it is read again');
    runtime.database.writer.removeListener('query', listen);
  });
});
