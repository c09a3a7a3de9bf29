import type { TestDialect } from '../../test/dialects.ts';
import { connectDatabase, type Database, type DatabaseSettings } from '../connect.ts';
import { migrate } from '../migrate.ts';

export interface OpenTestDatabase {
  readonly database: Database;
  readonly settings: DatabaseSettings;
  /** Closes the connections and removes the database. */
  drop(): Promise<void>;
}

/** A fresh database of this dialect with the whole schema. */
export async function openTestDatabase(dialect: TestDialect): Promise<OpenTestDatabase> {
  const { settings: place, drop } = await dialect.connect();
  const settings: DatabaseSettings =
    place.dialect === 'sqlite'
      ? { client: 'sqlite', file: place.filename }
      : { client: 'postgres', url: place.connectionString };
  const database = await connectDatabase(settings);
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
