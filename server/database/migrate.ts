import type { Database } from './connect.ts';
import { queryRows } from './connect.ts';
import { migrations } from './migrations/index.ts';
import { createSchemaEditor, type Migration } from './migrations/schema-editor.ts';
import { inTransaction } from './transaction.ts';

/** The database was written by a newer release than this one. */
export class NewerSchema extends Error {
  override readonly name = 'NewerSchema';
  constructor(unknown: readonly string[]) {
    super(
      `The database has migrations that this release does not know: ${unknown.join(', ')}. ` +
        'Start the newer release, or restore the backup made before the upgrade.',
    );
  }
}

/**
 * Brings the schema up to this release; each migration runs once, in a transaction of its own, whatever the number of
 * nodes that start together. When there is nothing to do, it only tells SQLite's planner again what it should know.
 * @returns ids of the migrations applied now
 * @throws NewerSchema
 */
export async function migrate(
  database: Database,
  steps: readonly Migration[] = migrations,
): Promise<readonly string[]> {
  await inTransaction(database, async (tx) => {
    await database.dialect.lockMigrations(tx.sql);
    await createSchemaEditor(tx).createTable({
      name: 'schema_migration',
      columns: { id: 'text' },
      primaryKey: ['id'],
    });
    const applied = await queryRows<{ id: string }>(tx, 'SELECT id FROM schema_migration ORDER BY id');
    const unknown = applied.map(({ id }) => id).filter((id) => !steps.some((step) => step.id === id));
    if (unknown.length > 0) throw new NewerSchema(unknown);
  });
  const done: string[] = [];
  for (const step of steps) if (await applyOnce(database, step)) done.push(step.id);
  await inTransaction(database, (tx) => database.dialect.fixStatistics(tx.sql));
  return done;
}

function applyOnce(database: Database, step: Migration): Promise<boolean> {
  return inTransaction(database, async (tx) => {
    await database.dialect.lockMigrations(tx.sql);
    const found = await queryRows(tx, 'SELECT id FROM schema_migration WHERE id = ?', [step.id]);
    if (found.length > 0) return false;
    await step.up(createSchemaEditor(tx));
    await queryRows(tx, 'INSERT INTO schema_migration (id) VALUES (?)', [step.id]);
    return true;
  });
}
