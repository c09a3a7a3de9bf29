import type { ConnectionSettings } from '../../test/dialects.ts';
import { connectDatabase, type Database, type DatabaseSettings } from '../connect.ts';
import { guardSql } from './sql-guard.ts';

/** Of ten transactions in distributed mode one fails and is tried again. */
const CONFLICTS = 0.1;

export function databaseSettings(settings: ConnectionSettings): DatabaseSettings {
  if (settings.dialect === 'sqlite') return { client: 'sqlite', file: settings.filename };
  const { connectionString: url, distributed } = settings;
  return { client: 'postgres', url, ...(distributed ? { distributed, conflicts: CONFLICTS } : {}) };
}

/** The database of a test: a statement that breaks the schema rules fails the test. A bench has no test to fail. */
export async function connectTestDatabase(settings: ConnectionSettings): Promise<Database> {
  const database = await connectDatabase(databaseSettings(settings));
  if ('it' in globalThis) guardSql(database);
  return database;
}
