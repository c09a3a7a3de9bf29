import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { connectDatabase, queryRows, readerOf } from '../database/connect.ts';
import { openTestDatabase, type OpenTestDatabase } from '../database/test/open-test-database.ts';
import { inTransaction } from '../database/transaction.ts';
import { createVirtualClock } from '../runtime/test/open-runtime.ts';
import { forEachDialect } from '../test/dialects.ts';
import { createUsers } from '../users/users.ts';
import { fsckCommand } from './fsck-command.ts';
import { findViolations } from './test/find-violations.ts';

forEachDialect((dialect) => {
  describe('the command reglament fsck', () => {
    const fsck = async (config: Parameters<typeof fsckCommand>[0], ...flags: readonly string[]) => {
      const lines: string[] = [];
      const code = await fsckCommand(config, { flags, print: (text) => void lines.push(text) });
      return { code, text: lines.join('\n') };
    };

    let open: OpenTestDatabase;
    beforeEach(async () => (open = await openTestDatabase(dialect, { guarded: false })));
    afterEach(() => open.drop());

    it('looks beside a working server, says what holds, and ends with 1 where something does not', async () => {
      const { database, settings } = open;
      const config = { database: settings, dataFolder: '/nonexistent' };
      const sound = await fsck(config, '--lang=en');
      assert.equal(sound.code, 0, sound.text);
      assert.match(
        sound.text,
        /^The server is running; looking beside it\.[\s\S]*ok {3}instance-waits: [\s\S]*All is well/,
      );

      await inTransaction(database, (tx) =>
        queryRows(tx, `INSERT INTO number_series (series, next_number) VALUES ('А-{000}', 5)`),
      );
      const broken = await fsck(config, '--fast');
      assert.equal(broken.code, 1);
      assert.match(
        broken.text,
        /Нарушение numbers-without-gaps\n {2}серия «А-\{000\}»: выдано 4, сохранено 0.*\n {2}Что делать: /,
      );
      await database.close();
      assert.doesNotMatch((await fsck(config)).text, /работает/, 'nobody runs any more');
    });

    it('refuses a database of another release and one that is not there', async () => {
      const { database, settings } = open;
      await inTransaction(database, (tx) => queryRows(tx, `INSERT INTO schema_migration (id) VALUES ('9999-next')`));
      await assert.rejects(fsck({ database: settings, dataFolder: '' }), /migrations of this release.*9999-next/);
      if (settings.client !== 'sqlite') return;
      const nowhere = { client: 'sqlite', file: `${dirname(settings.file)}/nothing/x.sqlite` } as const;
      await assert.rejects(fsck({ database: nowhere, dataFolder: '' }), /there is none\. Name its folder with --data/);
    });

    it('hears what the database itself says of its pages', async () => {
      const { database, settings } = open;
      const users = createUsers({ database, now: createVirtualClock().now });
      await users.addGroups([{ groupId: 'xylophone-players', name: { ru: 'К', en: 'X' } }]);
      await users.addUser({
        username: 'xylophonist',
        name: 'X',
        password: 'correct horse battery',
        groups: ['xylophone-players'],
        roles: [],
      });
      if (settings.client === 'postgres') {
        // A page of PostgreSQL cannot be damaged through its server: only that amcheck is asked is shown here.
        await inTransaction(database, (tx) => queryRows(tx, 'CREATE EXTENSION amcheck'));
        assert.deepEqual(await findViolations(database), []);
        return;
      }
      await queryRows({ sql: database.writer, dialect: database.dialect }, 'PRAGMA wal_checkpoint(TRUNCATE)');
      await database.close();
      flipText(settings.file, 'xylophone-playersxylophonist');
      const damaged = await connectDatabase(settings);
      const [first = ''] = await findViolations(damaged);
      assert.match(first, /^database-is-sound: .*group_member/);
      assert.equal((await queryRows(readerOf(damaged), 'SELECT 1')).length, 1);
      await damaged.close();
    });
  });
});

/** Changes one letter where it first stands in the file: an index and its table then disagree. */
function flipText(file: string, text: string): void {
  const bytes = readFileSync(file);
  const at = bytes.indexOf(text);
  assert.ok(at > 0, `${text} is in the file`);
  bytes[at] = 'y'.charCodeAt(0);
  writeFileSync(file, bytes);
}
