import assert from 'node:assert/strict';
import { queryRows, readerOf } from '../../database/connect.ts';
import { startApp, type Answer, type TestApp } from '../../http/test/start-app.ts';
import { bpmn, sequence, serviceTask, userTask } from '../../runtime/test/bpmn.ts';
import { forEachDialect } from '../dialects.ts';
import { noteMeasured, openRandom, volumeOf } from './volume.ts';

/** R17 of reliability.md. */
const WRITES = volumeOf({ small: 24, full: 5_000 });
const TOGETHER = 6;
const KINDS = ['start', 'complete', 'job', 'message', 'mail'] as const;
type Kind = (typeof KINDS)[number];

forEachDialect((dialect) => {
  describe('what comes twice', () => {
    let test: TestApp;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      const form = new FormData();
      form.append('resources', new File([bpmn('form', sequence(userTask('Ask')))], 'form.bpmn'));
      form.append('resources', new File([bpmn('work', sequence(serviceTask('Do', 'far')))], 'work.bpmn'));
      assert.equal((await test.call('analyst', 'POST /v2/deployments', form)).status, 200);
    });
    after(() => test.close());

    const count = async (sql: string): Promise<number> =>
      Number((await queryRows<{ n: number }>(readerOf(test.database), `SELECT count(*) AS n FROM ${sql}`))[0]!.n);
    const start = async (processDefinitionId: string): Promise<string> =>
      (await test.call('analyst', 'POST /v2/process-instances', { processDefinitionId })).body.processInstanceKey;

    /** One write as it will be sent, and what a repeat with another body is told. */
    const draw = async (
      kind: Kind,
      id: string,
    ): Promise<{ send(body?: object): Promise<Answer>; readonly keyed: boolean }> => {
      const keyed = (request: string, usual: object) => ({
        keyed: true,
        send: (body: object = usual) => test.call('analyst', request, body, { 'idempotency-key': id }),
      });
      switch (kind) {
        case 'start':
          return keyed('POST /v2/process-instances', { processDefinitionId: 'form', variables: { id } });
        case 'complete': {
          const filter = { processInstanceKey: await start('form') };
          const { items } = (await test.call('analyst', 'POST /v2/user-tasks/search', { filter })).body;
          return keyed(`POST /v2/user-tasks/${items[0].userTaskKey}/completion`, { variables: { id } });
        }
        case 'job': {
          await start('work');
          const claim = { type: 'far', worker: id, timeout: 60_000, maxJobsToActivate: 1, requestTimeout: 1_000 };
          const { jobs } = (await test.call('analyst', 'POST /v2/jobs/activation', claim)).body;
          return keyed(`POST /v2/jobs/${jobs[0].jobKey}/completion`, { variables: { id } });
        }
        case 'message': {
          const message = { name: 'news', correlationKey: id, messageId: id, timeToLive: 3_600_000, variables: {} };
          return { keyed: false, send: () => test.call('analyst', 'POST /v2/messages/publication', message) };
        }
        case 'mail': {
          const raw = [
            ...[
              'From: Client <client@stroymir.example>',
              'To: reklama@tehnika.example',
              `Message-ID: <${id}@twice.example>`,
            ],
            ...[`Subject: Case ${id}`, 'Content-Type: text/plain; charset=utf-8', '', 'Получили 8 дрелей из 10.', ''],
          ].join('\r\n');
          const headers = { 'content-type': 'message/rfc822' };
          return {
            keyed: false,
            send: () => test.call('dispatcher', 'POST /api/intake/mail', new TextEncoder().encode(raw), headers),
          };
        }
      }
    };

    it(`happens once: ${WRITES} writes, each sent one to five times, at once and after one another`, async function () {
      this.timeout(60_000 + WRITES * 2_000);
      const random = openRandom();
      const done = new Map<Kind, number>(KINDS.map((kind) => [kind, 0]));
      let sent = 0;
      const one = async (
        number: number,
        { kind, times, atOnce }: { kind: Kind; times: number; atOnce: boolean },
      ): Promise<void> => {
        const where = `seed ${random.seed}, write ${number}: ${kind} × ${times}${atOnce ? ' at once' : ''}`;
        const { send, keyed } = await draw(kind, `w-${random.seed}-${number}`);
        const answers: Answer[] = [];
        if (atOnce) answers.push(...(await Promise.all(Array.from({ length: times }, () => send()))));
        else for (let time = 0; time < times; time += 1) answers.push(await send());
        sent += times;
        done.set(kind, done.get(kind)! + 1);
        const told = answers.map(({ status, body }) => `${status} ${JSON.stringify(body)}`);
        if (keyed) {
          assert.ok(answers[0]!.status < 300, `${where}: ${told[0]}`);
          assert.deepEqual(
            told,
            told.map(() => told[0]),
            `${where}: each is answered as the first`,
          );
          const other = await send({ variables: { other: true } });
          assert.ok([400, 409].includes(other.status), `${where}: the key with another body is told ${other.status}`);
        } else if (kind === 'mail') {
          const cases = new Set(answers.map(({ body }) => String(body.caseNumber)));
          assert.equal(cases.size, 1, `${where}: ${told.join('\n')}`);
        } else {
          const well = answers.filter(({ status }) => status === 200).length;
          assert.equal(well, 1, `${where}: ${told.join('\n')}`);
          assert.ok(
            answers.every(({ status }) => status === 200 || status === 409),
            told.join('\n'),
          );
        }
      };
      const orders = Array.from({ length: WRITES }, (_, at) => ({
        ...{
          kind: KINDS[at % KINDS.length]!,
          times: 1 + random.below(5),
          atOnce: random.below(2) === 0,
          number: at + 1,
        },
      }));
      for (let at = 0; at < orders.length; at += TOGETHER) {
        await Promise.all(orders.slice(at, at + TOGETHER).map(({ number, ...order }) => one(number, order)));
      }
      await test.settle();
      const historyOf = (kind: string, process: string): Promise<number> =>
        count(
          `history_event h JOIN process_instance p ON p.bucket = h.bucket AND p.process_instance_key = h.process_instance_key
             WHERE h.kind = '${kind}' AND p.process_id = '${process}'`,
        );
      assert.equal(
        await count("process_instance WHERE process_id = 'form'"),
        done.get('start')! + done.get('complete')!,
      );
      assert.equal(await historyOf('userTaskCompleted', 'form'), done.get('complete'));
      assert.equal(await historyOf('jobCompleted', 'work'), done.get('job'));
      assert.equal(await count("message WHERE name = 'news'"), done.get('message'));
      assert.equal(await count('process_instance WHERE case_number IS NOT NULL'), done.get('mail'));
      noteMeasured('R17', { database: dialect.name, seed: random.seed, writes: WRITES, sent });
    });
  });
});
