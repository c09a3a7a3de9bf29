import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bucketOf } from '#engine';
import { queryRows, readerOf } from '../database/connect.ts';
import { inTransaction, type Transaction } from '../database/transaction.ts';
import { takeNumber } from '../documents/number-series.ts';
import { insertFiles } from '../files/case-files.ts';
import { createFileContent, type FileContent } from '../files/content/create-file-content.ts';
import { bpmn, callActivity, receive, sequence, serviceTask, timer, userTask } from '../runtime/test/bpmn.ts';
import { openRuntime, type TestRuntime } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { claimReceipt, setReceiptNumber } from '../intake/record-mail.ts';
import { invariants } from './invariants.ts';
import { runFsck } from './run-fsck.ts';

/** A: waits at a join. B: a task. C: ended. Parent calls B. */
const FORK = `<bpmn:startEvent id="s"><bpmn:outgoing>f0</bpmn:outgoing></bpmn:startEvent>
  <bpmn:parallelGateway id="Split"><bpmn:incoming>f0</bpmn:incoming><bpmn:outgoing>f1</bpmn:outgoing><bpmn:outgoing>f2</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:userTask id="One"><bpmn:extensionElements><zeebe:userTask/></bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:userTask>
  <bpmn:parallelGateway id="Join"><bpmn:incoming>f2</bpmn:incoming><bpmn:incoming>f3</bpmn:incoming><bpmn:outgoing>f4</bpmn:outgoing></bpmn:parallelGateway>
  <bpmn:endEvent id="e"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
  <bpmn:sequenceFlow id="f0" sourceRef="s" targetRef="Split"/><bpmn:sequenceFlow id="f1" sourceRef="Split" targetRef="One"/>
  <bpmn:sequenceFlow id="f2" sourceRef="Split" targetRef="Join"/><bpmn:sequenceFlow id="f3" sourceRef="One" targetRef="Join"/>
  <bpmn:sequenceFlow id="f4" sourceRef="Join" targetRef="e"/>`;

interface Damage {
  /** What is done to the database, as a person would read it. */
  readonly what: string;
  readonly sql?: string;
  readonly files?: (world: World) => void;
  /** Ids of the invariants that must be named: these and no others. */
  readonly named: readonly string[];
  readonly serverRuns?: boolean;
}

interface World {
  readonly runtime: TestRuntime;
  readonly content: FileContent;
  readonly folder: string;
  readonly sha256: string;
  readonly fileAt: string;
}

const DAMAGES: readonly Damage[] = [
  {
    what: 'the only task of an instance vanishes',
    sql: `DELETE FROM user_task WHERE process_instance_key = (SELECT max(process_instance_key) FROM process_instance WHERE process_id = 'asks' AND parent_element_instance_key IS NULL)`,
    named: ['instance-waits', 'candidates-of-open-tasks'],
  },
  {
    what: 'the token at a join vanishes from an instance whose task has gone too',
    sql: `UPDATE user_task SET ended_at = 1 WHERE element_id = 'One'; DELETE FROM token`,
    named: ['instance-waits'],
  },
  {
    what: 'the scope of a live element ends alone',
    sql: `UPDATE element_instance SET ended_at = 1, state = 'completed' WHERE element_type = 'process' AND element_id = 'asks' AND ended_at IS NULL`,
    named: ['element-belongs'],
  },
  {
    what: 'the element under a timer ends alone',
    sql: `UPDATE element_instance SET ended_at = 1, state = 'completed' WHERE element_id = 'Later'`,
    named: ['wait-has-element'],
  },
  {
    what: 'a message subscription loses its element',
    sql: `UPDATE message_subscription SET element_instance_key = 7`,
    named: ['wait-has-element'],
  },
  {
    what: 'an ended instance gets its job back',
    sql: `UPDATE job SET ended_at = NULL, state = 'CREATED' WHERE state = 'COMPLETED'`,
    named: ['wait-has-element', 'no-job-of-ended-instance'],
  },
  {
    what: 'an instance has ended and says it is active',
    sql: `UPDATE process_instance SET ended_at = NULL WHERE process_id = 'done'`,
    named: ['instance-waits', 'ended-means-ended'],
  },
  {
    what: 'a call has started two instances',
    sql: `UPDATE process_instance SET parent_element_instance_key = (SELECT parent_element_instance_key FROM process_instance WHERE parent_element_instance_key IS NOT NULL),
        parent_process_instance_key = (SELECT parent_process_instance_key FROM process_instance WHERE parent_element_instance_key IS NOT NULL)
      WHERE process_id = 'done'`,
    named: ['called-once'],
  },
  {
    what: 'a call has lost its instance',
    sql: `UPDATE process_instance SET parent_element_instance_key = NULL WHERE parent_element_instance_key IS NOT NULL`,
    named: ['called-once'],
  },
  {
    what: 'one event of a history is deleted',
    sql: `DELETE FROM history_event WHERE sequence = 3`,
    named: ['history-without-gaps'],
  },
  {
    what: 'the last event of a history is deleted',
    sql: `DELETE FROM history_event WHERE kind = 'instanceCompleted'`,
    named: ['ended-means-ended', 'history-without-gaps'],
  },
  {
    what: 'a token is consumed and still waits',
    sql: `UPDATE history_event SET kind = 'tokenConsumed',
        event = (SELECT h.event FROM history_event h WHERE h.kind = 'tokenArrived')
      WHERE sequence = 2 AND process_instance_key = (SELECT process_instance_key FROM token)`,
    named: ['token-once'],
  },
  {
    what: 'what the outbox has delivered lies there as new',
    sql: `UPDATE outbox SET attempts = 0;
      INSERT INTO command_log (bucket, command_id, request_hash, response, created_at) SELECT bucket, 'outbox:' || outbox_id, '', 'null', 1 FROM outbox`,
    named: ['outbox-once'],
  },
  {
    what: 'a lease without an owner',
    sql: `UPDATE job SET lease_until = 9 WHERE ended_at IS NULL`,
    named: ['leases-in-time'],
  },
  {
    what: 'a lease for a hundred years',
    sql: `UPDATE job SET lease_owner = 'w', lease_until = 4900000000000 WHERE ended_at IS NULL`,
    named: ['leases-in-time'],
  },
  {
    what: 'a lease that ended long ago, while a server runs',
    sql: `UPDATE job SET lease_owner = 'w', lease_until = 9 WHERE ended_at IS NULL AND retries > 0`,
    named: ['leases-in-time'],
    serverRuns: true,
  },
  {
    what: 'a block of keys is given back',
    sql: `UPDATE key_block SET next_sequence = 1`,
    named: ['keys-reserved'],
  },
  {
    what: 'the file of a running process is deleted',
    sql: `DELETE FROM deployed_resource WHERE name = 'asks.bpmn'`,
    named: ['definition-is-there'],
  },
  {
    what: 'a number is skipped',
    sql: `UPDATE number_series SET next_number = next_number + 1`,
    named: ['numbers-without-gaps'],
  },
  {
    what: 'a number is given twice',
    sql: `UPDATE mail_receipt SET case_number = (SELECT min(case_number) FROM mail_receipt)`,
    named: ['numbers-without-gaps'],
  },
  {
    what: 'a file vanishes from the disk',
    files: ({ fileAt }) => rmSync(fileAt),
    named: ['content-is-there'],
  },
  {
    what: 'a file is changed on the disk',
    files: ({ fileAt }) => writeFileSync(fileAt, 'something else'),
    named: ['content-is-there'],
  },
];

forEachDialect((dialect) => {
  describe('reglament fsck', () => {
    let world: World;
    before(async () => (world = await makeWorld(await openRuntime(dialect, { guarded: false }))));
    after(async () => {
      await world.runtime.drop();
      rmSync(world.folder, { recursive: true });
    });

    const look = async (tx: Transaction | null, serverRuns = false): Promise<readonly string[]> => {
      const violations = await runFsck({
        executor: tx ?? readerOf(world.runtime.database),
        now: world.runtime.clock.now(),
        serverRuns,
        content: world.content,
        fast: false,
      });
      for (const { places, invariant } of violations) {
        assert.ok(
          places.length > 0 &&
            places.every(({ ru, en }) => /[а-я]/u.test(ru) && !ru.includes('undefined') && en !== ''),
        );
        assert.ok(invariant.remedy.ru !== '' && invariant.remedy.en !== '');
      }
      return violations.map(({ invariant }) => invariant.id);
    };

    it('finds a world with every kind of row sound', async () => {
      assert.deepEqual(await look(null), []);
      assert.deepEqual(await look(null, true), []);
    });

    for (const { what, sql, files, named, serverRuns } of DAMAGES) {
      it(`names it: ${what}`, async () => {
        const found = await damaged(world, { sql, files }, (tx) => look(tx, serverRuns));
        assert.deepEqual(found, named);
        assert.deepEqual(await look(null), [], 'the damage was undone');
      });
    }

    it('proves every invariant but the one of the pages by a damage above', () => {
      const proven = new Set(DAMAGES.flatMap(({ named }) => named));
      assert.deepEqual(
        invariants.map(({ id }) => id).filter((id) => !proven.has(id)),
        ['database-is-sound'],
      );
    });

    it('shows twenty places and says that there are more', async () => {
      const sql = `UPDATE history_event SET sequence = sequence + 1000`;
      const [violation] = await damaged(world, { sql }, (tx) =>
        runFsck({ executor: tx, now: 0, serverRuns: false, content: world.content, fast: true }).then((all) =>
          all.filter(({ invariant }) => invariant.id === 'history-without-gaps'),
        ),
      );
      assert.deepEqual([violation?.places.length, violation?.more], [20, true]);
    });
  });
});

async function damaged<T>(
  world: World,
  { sql, files }: Pick<Damage, 'sql' | 'files'>,
  look: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const undo = new Error('undo');
  let found: T | undefined;
  await assert.rejects(
    inTransaction(world.runtime.database, async (tx) => {
      for (const statement of sql?.split(';') ?? []) await queryRows(tx, statement);
      files?.(world);
      found = await look(tx);
      throw undo;
    }),
    undo,
  );
  writeFileSync(world.fileAt, 'photo');
  return found!;
}

/** Instances of every kind of wait, one that has ended, numbers, a file, a row in the outbox. */
async function makeWorld(runtime: TestRuntime): Promise<World> {
  const { runner, database, keys, clock, worker } = runtime;
  const paid = receive('Paid', 'paid', '=id');
  const definitions = {
    asks: await runtime.deployProcess(bpmn('asks', sequence(userTask('Ask')))),
    calls: await runtime.deployProcess(bpmn('calls', sequence(callActivity('Call', 'asks')))),
    fork: await runtime.deployProcess(bpmn('fork', FORK)),
    later: await runtime.deployProcess(bpmn('later', sequence(timer('Later', 'PT1H')))),
    paid: await runtime.deployProcess(bpmn('paid', sequence(paid), paid.around)),
    work: await runtime.deployProcess(bpmn('work', sequence(serviceTask('Work', 'outside')))),
    done: await runtime.deployProcess(bpmn('done', sequence(serviceTask('Do', 'inside')))),
    broken: await runtime.deployProcess(bpmn('broken', sequence(serviceTask('Break', 'breaks', 1)))),
  };
  worker.registerJobType('inside', async () => undefined);
  worker.registerJobType('breaks', () => Promise.reject(new Error('never works')));
  for (const [id, processDefinitionKey] of Object.entries(definitions)) {
    const many = id === 'asks' ? 22 : 1;
    for (let count = 0; count < many; count += 1) {
      await runner.start({ processDefinitionKey, variables: { id: 'A-7' }, by: null });
    }
  }
  await worker.drain();

  const folder = mkdtempSync(join(tmpdir(), 'reglament-fsck-'));
  const content = createFileContent({ root: folder });
  const { sha256, size } = await content.put(Buffer.from('photo'));
  const now = clock.now();
  await inTransaction(database, async (tx) => {
    for (const caseKey of [1, 2, 3]) {
      const receipt = { bucket: 1, message_id: `m${caseKey}`, mail_key: 1, case_key: caseKey, case_number: null };
      await claimReceipt(tx, receipt);
      const number = await takeNumber(tx, { format: 'О_Б%-{yyyy}-{000000}/я', now, zone: 'Europe/Moscow' });
      await setReceiptNumber(tx, { ...receipt, case_number: number });
    }
    const [row] = await queryRows<{ process_instance_key: number }>(
      tx,
      `SELECT min(process_instance_key) AS process_instance_key FROM process_instance`,
    );
    const bucket = bucketOf(row!.process_instance_key);
    await queryRows(
      tx,
      `INSERT INTO outbox (bucket, outbox_id, kind, payload, created_at, available_at, attempts) VALUES (?, 'o1', 'followUp', ?, 1, 1, 1)`,
      [bucket, JSON.stringify({ from: row!.process_instance_key })],
    );
  });
  const fileKey = await keys.next(1);
  await inTransaction(database, (tx) =>
    insertFiles(tx, [
      {
        bucket: 1,
        file_key: fileKey,
        case_key: null,
        user_task_key: null,
        field: null,
        mail_key: null,
        source: 'form',
        name: 'a.jpg',
        mime_type: 'image/jpeg',
        size,
        sha256,
        created_by: 'x',
        created_at: now,
        referenced_at: now,
      },
    ]),
  );
  assert.equal(createHash('sha256').update('photo').digest('hex'), sha256);
  const fileAt = join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return { runtime, content, folder, sha256, fileAt };
}
