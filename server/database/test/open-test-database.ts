import type { TestDialect } from '../../test/dialects.ts';
import { connectDatabase, type Database, type DatabaseSettings } from '../connect.ts';
import { migrate } from '../migrate.ts';
import { connectTestDatabase, databaseSettings } from './connect-test-database.ts';

export interface OpenTestDatabase {
  readonly database: Database;
  readonly settings: DatabaseSettings;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/**
 * A fresh database of this dialect with the whole schema.
 * @param guarded false: the statements of the test may break the schema rules, because it looks through all rows or damages them
 */
export async function openTestDatabase(dialect: TestDialect, { guarded = true } = {}): Promise<OpenTestDatabase> {
  const { settings: place, drop } = await dialect.connect();
  const settings = databaseSettings(place);
  const database = guarded ? await connectTestDatabase(place) : await connectDatabase(settings);
  await migrate(database);
  return {
    database,
    settings,
    drop: async () => {
      await database.close();
      await drop();
    },
  };
}
