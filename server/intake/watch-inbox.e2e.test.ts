import assert from 'node:assert/strict';
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { startApp, type TestApp } from '../http/test/start-app.ts';
import { forEachDialect } from '../test/dialects.ts';
import type { Intake } from './intake.ts';
import { watchInbox, type InboxWatch } from './watch-inbox.ts';
import { mailFile } from './mail/test/mail-file.ts';

forEachDialect((dialect) => {
  if (dialect.name !== 'sqlite') return;
  describe('inbox folder', () => {
    let test: TestApp;
    let inbox: InboxWatch;
    let folder: string;
    let ahead = 10_000;
    before(async () => {
      test = await startApp((await dialect.connect()).settings);
      folder = join(test.dataFolder, 'inbox');
      await mkdir(folder);
      inbox = await watchInbox({
        folder,
        intake: test.app.intake,
        logger: pino({ level: 'silent' }),
        now: () => Date.now() + ahead,
      });
    });
    after(async () => {
      await inbox.stop();
      await test.close();
    });

    it('takes mail in, moves it to done, and refuses with a reason beside the file', async () => {
      await copyFile(mailFile('claim-defect.eml'), join(folder, 'письмо 1.eml'));
      await copyFile(mailFile('not-a-mail.eml'), join(folder, 'b.eml'));
      await writeFile(join(folder, 'note.txt'), 'not ours');
      await inbox.look();
      assert.deepEqual(await readdir(join(folder, 'done')), ['письмо 1.eml']);
      assert.deepEqual((await readdir(join(folder, 'refused'))).sort(), ['b.eml', 'b.eml.txt']);
      assert.match(
        await readFile(join(folder, 'refused', 'b.eml.txt'), 'utf8'),
        /не электронное письмо[\s\S]*not an e-mail/,
      );
      assert.deepEqual(
        (await readdir(folder)).filter((name) => name.endsWith('.eml')),
        [],
      );
      assert.equal((await test.call('analyst', 'GET /api/cases')).body.items.length, 1);
    });

    it('takes a file that a crash left behind once more without a second case, and keeps both files', async () => {
      await copyFile(mailFile('claim-defect.eml'), join(folder, 'письмо 1.eml'));
      await inbox.look();
      assert.deepEqual((await readdir(join(folder, 'done'))).sort(), ['письмо 1-1.eml', 'письмо 1.eml']);
      assert.equal((await test.call('analyst', 'GET /api/cases')).body.items.length, 1);
    });

    it('a mail that can neither be taken in nor moved aside keeps none of those behind it', async () => {
      const refused = join(folder, 'refused');
      await rename(refused, `${refused}-away`);
      await writeFile(refused, 'a file in the place of the folder');
      await copyFile(mailFile('not-a-mail.eml'), join(folder, 'a.eml'));
      await copyFile(mailFile('claim-transit.eml'), join(folder, 'z.eml'));
      await inbox.look();
      assert.ok((await readdir(join(folder, 'done'))).includes('z.eml'));
      assert.ok((await readdir(folder)).includes('a.eml'), 'it is tried again');
      await rm(refused);
      await rename(`${refused}-away`, refused);
      await inbox.look();
      assert.ok((await readdir(refused)).includes('a.eml'));
    });

    it('a look that is asked for during another one takes what came after that had listed the folder', async () => {
      const slow = join(test.dataFolder, 'slow-inbox');
      await mkdir(slow);
      await copyFile(mailFile('claim-defect.eml'), join(slow, 'first.eml'));
      let goOn = (): void => undefined;
      const held = new Promise<void>((resolve) => (goOn = resolve));
      let arrive = (): void => undefined;
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      const intake: Intake = {
        ...test.app.intake,
        async receive(raw) {
          arrive();
          await held;
          return test.app.intake.receive(raw);
        },
      };
      const now = (): number => Date.now() + 10_000;
      const other = await watchInbox({ folder: slow, intake, logger: pino({ level: 'silent' }), now });
      try {
        const first = other.look();
        await arrived;
        await copyFile(mailFile('claim-defect.eml'), join(slow, 'second.eml'));
        const second = other.look();
        goOn();
        await Promise.all([first, second]);
        assert.deepEqual((await readdir(join(slow, 'done'))).sort(), ['first.eml', 'second.eml']);
      } finally {
        await other.stop();
      }
    });

    it('leaves a file alone that is still being written', async () => {
      ahead = 0;
      await copyFile(mailFile('claim-misuse.eml'), join(folder, 'growing.eml'));
      await inbox.look();
      assert.ok((await readdir(folder)).includes('growing.eml'));
      ahead = 10_000;
      await inbox.look();
      assert.ok(!(await readdir(folder)).includes('growing.eml'));
    });
  });
});
