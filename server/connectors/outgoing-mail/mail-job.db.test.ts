import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyInBucket, type VariableMap } from '#engine';
import { readerOf, type Database } from '../../database/connect.ts';
import { createKeySource } from '../../database/key-source.ts';
import { migrate } from '../../database/migrate.ts';
import { createDocumentRenderer, type DocumentRenderer } from '../../documents/render/create-document-renderer.ts';
import { createFileContent } from '../../files/content/create-file-content.ts';
import { connectTestDatabase } from '../../database/test/connect-test-database.ts';
import { findMails } from '../../intake/mail-read-model.ts';
import { createDefinitions } from '../../runtime/definitions.ts';
import { forEachDialect } from '../../test/dialects.ts';
import { JobFailure } from '../../worker/job-errors.ts';
import type { JobHandler } from '../../worker/job-handlers.ts';
import { createMailSender } from '../mail/create-mail-sender.ts';
import { mailJob } from './mail-job.ts';

const CASE = keyInBucket(9, 1);

forEachDialect((dialect) => {
  describe('job reglament:mail', () => {
    let database: Database;
    let renderer: DocumentRenderer;
    let send: JobHandler;
    const folder = mkdtempSync(join(tmpdir(), 'mail-job-'));
    before(async () => {
      database = await connectTestDatabase((await dialect.connect()).settings);
      await migrate(database);
      renderer = createDocumentRenderer();
      const from = { name: 'Рекламации', address: 'reklama@tehnika.example' };
      send = mailJob({
        database,
        keySource: createKeySource(database),
        definitions: await createDefinitions({ database }),
        renderer,
        content: createFileContent({ root: join(folder, 'files') }),
        sender: createMailSender({ outboxFolder: join(folder, 'outbox'), from }),
        from,
        now: () => 1_000,
      });
    });
    after(async () => {
      await renderer.close();
      await database.close();
      rmSync(folder, { recursive: true });
    });

    const run = (job: number, variables: VariableMap) =>
      send({
        job: {
          jobKey: keyInBucket(9, job),
          type: 'reglament:mail',
          processInstanceKey: CASE,
          rootProcessInstanceKey: CASE,
          processDefinitionKey: 1,
          processId: 'p',
          definitionVersion: 1,
          elementId: 'Send',
          elementInstanceKey: 1,
          headers: {},
          retries: 3,
          attempt: 1,
          worker: 'test',
          deadline: 0,
          leaseEpoch: 1,
          variables,
        },
        variables,
        headers: {},
        idempotencyKey: `job:${job}`,
      });
    const letter = { to: 'a@b.example', subject: 'Тема', text: 'Текст' };

    it('sends and stores one letter however often the job runs', async () => {
      const first = await run(100, letter);
      assert.deepEqual(await run(100, letter), first);
      const mails = await findMails(readerOf(database), CASE);
      assert.deepEqual(
        mails.map((mail) => [mail.direction, mail.message_id, mail.recipients]),
        [['out', (first as VariableMap)['sentMessageId'], 'a@b.example']],
      );
      assert.equal((await readdir(join(folder, 'outbox'))).length, 1);
    });

    it('stops at once, with what to do, where trying again cannot help', async () => {
      const never = (error: unknown): boolean =>
        error instanceof JobFailure && error.retries === 0 && /[а-я]/.test(error.message);
      await assert.rejects(run(101, { ...letter, text: '' }), never, 'no text');
      await assert.rejects(run(102, { ...letter, to: 'not an address' }), never, 'bad address');
      await assert.rejects(run(103, { ...letter, to: [] }), never, 'nobody');
      await assert.rejects(run(104, { ...letter, attachments: ['42'] }), never, 'a document of no case');
      await assert.rejects(run(105, { ...letter, template: 'no/such' }), never, 'no template');
    });
  });
});
