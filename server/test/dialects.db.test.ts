import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import knex, { type Knex } from 'knex';
import pg from 'pg';
import { forEachDialect, type ConnectionSettings } from './dialects.ts';

forEachDialect((dialect) => {
  it('gives empty databases that know nothing of each other', async () => {
    const [first, second] = [await dialect.connect(), await dialect.connect()];
    const connections = [open(first.settings), open(second.settings)] as const;
    for (const [index, connection] of connections.entries()) {
      await connection.schema.createTable('word', (table) => table.text('text').primary());
      await connection('word').insert({ text: `слово ${index}` });
    }
    assert.deepEqual(await connections[0].select().from('word'), [{ text: 'слово 0' }]);
    assert.deepEqual(await connections[1].select().from('word'), [{ text: 'слово 1' }]);
    for (const connection of connections) await connection.destroy();
    await first.drop();
    assert.equal(await exists(first.settings), false);
    assert.equal(await exists(second.settings), true);
  });

  it('fails a test that leaves a connection open', async () => {
    const database = await dialect.connect();
    const connection = open(database.settings);
    // PostgreSQL ends the connection under the pool's hands when the database is dropped by force.
    connection.client.pool?.on('error', () => undefined);
    await connection.raw('SELECT 1');
    await assert.rejects(database.drop(), /Expected every connection to .+ to be closed/);
    await connection.destroy();
  });

  if (dialect.name === 'postgres') {
    it('sorts ё between е and ж', async () => {
      const connection = open((await dialect.connect()).settings);
      const { rows } = await connection.raw(`SELECT w FROM unnest(ARRAY['жук', 'ёж', 'еда', 'яма']) AS w ORDER BY w`);
      await connection.destroy();
      assert.deepEqual(
        rows.map((row: { w: string }) => row.w),
        ['еда', 'ёж', 'жук', 'яма'],
      );
    });
  }
});

function open(settings: ConnectionSettings): Knex {
  return settings.dialect === 'sqlite'
    ? knex({ client: 'sqlite3', connection: { filename: settings.filename }, useNullAsDefault: true })
    : knex({ client: 'pg', connection: settings.connectionString });
}

async function exists(settings: ConnectionSettings): Promise<boolean> {
  if (settings.dialect === 'sqlite') return existsSync(settings.filename);
  const client = new pg.Client({ connectionString: settings.connectionString });
  return client.connect().then(
    () => client.end().then(() => true),
    () => false,
  );
}
